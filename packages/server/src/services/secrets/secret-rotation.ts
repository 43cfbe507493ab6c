import type { MasterKey } from '../../security/master-key.ts';
import { MasterKeys } from '../../security/master-keys.ts';
import { recordAct } from '../../store/audit.ts';
import {
  addMasterKey,
  holdKeyNotUnder,
  lockMasterKeys,
  masterKeyIds,
  removeMasterKey,
  removeRetiredKeys,
  rewrapDataKey,
  sealsWithOlderThan,
  useDataKey,
} from '../../store/data-keys.ts';
import type { Store } from '../../store/open-store.ts';
import { holdUnderRetired, resealSecret } from '../../store/secrets.ts';
import { tenantOf } from '../../store/tenant.ts';
import { DataKey } from './data-key.ts';
import { SecretVault } from './secret-vault.ts';

/** What a rotation did. */
export interface RotationCounts {
  /** Data keys that were wrapped anew. */
  rewrapped: number;
  /** Data keys that others were made for. */
  replaced: number;
  /** Values that were sealed anew. */
  resealed: number;
}

/**
 * Brings all that is stored under the newest of the master keys, a row at a time, while servers work: after each row everything
 * opens, and whoever starts again after a kill goes on with the next.
 */
export class SecretRotation {
  readonly counts: RotationCounts = { rewrapped: 0, replaced: 0, resealed: 0 };
  readonly #store: Store;
  readonly #keys: readonly MasterKey[];
  readonly #newest: MasterKey;
  readonly #vault: SecretVault;

  /** @param keys the newest first: it is the one that all comes under */
  constructor(store: Store, keys: readonly [MasterKey, ...MasterKey[]]) {
    this.#store = store;
    this.#keys = keys;
    this.#newest = keys[0];
    this.#vault = new SecretVault(new MasterKeys(keys));
  }

  /** @param withDataKeys whether values are sealed with new keys, too */
  async run(withDataKeys: boolean): Promise<void> {
    await this.#begin();
    const workspaces = await this.#store.selectFrom('workspace').select('id').orderBy('id').execute();
    for (const { id } of workspaces) {
      if (withDataKeys) await this.#replaceKey(id);
      while (await this.#rewrapOne(id));
      if (withDataKeys) while (await this.#resealOne(id));
      await tenantOf(this.#store, id)((tx) => removeRetiredKeys(tx, id));
    }
    await this.#end();
  }

  /** From here on servers wrap what is new with the newest master key. */
  #begin(): Promise<void> {
    return this.#store.transaction().execute(async (tx) => {
      await lockMasterKeys(tx);
      if ((await masterKeyIds(tx))[0] !== this.#newest.id) await addMasterKey(tx, this.#newest.id);
    });
  }

  /** Nothing needs the others any more: the database refuses this otherwise. */
  #end(): Promise<void> {
    return this.#store.transaction().execute(async (tx) => {
      await lockMasterKeys(tx);
      for (const id of await masterKeyIds(tx)) if (id !== this.#newest.id) await removeMasterKey(tx, id);
    });
  }

  /** @returns false when there was none left */
  #rewrapOne(workspaceId: string): Promise<boolean> {
    return tenantOf(
      this.#store,
      workspaceId,
    )(async (tx) => {
      const held = await holdKeyNotUnder(tx, workspaceId, this.#newest.id);
      if (held === undefined) return false;
      const key = DataKey.unwrap(held, this.#master(held.master_key_id));
      await rewrapDataKey(tx, key.wrap(this.#newest));
      key.wipe();
      await this.#record(tx, workspaceId, 'secret.key_rewrapped', held.id);
      this.counts.rewrapped++;
      return true;
    });
  }

  /** Makes another key for what is sealed from now on, unless that was done under this master key. */
  #replaceKey(workspaceId: string): Promise<void> {
    return tenantOf(
      this.#store,
      workspaceId,
    )(async (tx) => {
      await lockMasterKeys(tx);
      if (!(await sealsWithOlderThan(tx, workspaceId, this.#newest.id))) return;
      const { id } = await this.#vault.newDataKey(tx, workspaceId);
      await this.#record(tx, workspaceId, 'secret.key_replaced', id);
      this.counts.replaced++;
    });
  }

  /** @returns false when there was none left */
  #resealOne(workspaceId: string): Promise<boolean> {
    return tenantOf(
      this.#store,
      workspaceId,
    )(async (tx) => {
      const held = await holdUnderRetired(tx, workspaceId);
      if (held === undefined) return false;
      const [secret, old] = held;
      const current = await useDataKey(tx, workspaceId, Number.MAX_SAFE_INTEGER);
      if (current === undefined) throw new Error(`workspace ${workspaceId} has no data key`);
      const from = DataKey.unwrap(old, this.#master(old.master_key_id));
      const to = DataKey.unwrap(current, this.#master(current.master_key_id));
      await resealSecret(tx, secret.id, to.seal(secret, from.open(secret)), to.id);
      from.wipe();
      to.wipe();
      this.counts.resealed++;
      return true;
    });
  }

  #master(id: string): MasterKey {
    const found = this.#keys.find((key) => key.id === id);
    if (found === undefined) throw new Error(`the master key ${id} is not here`);
    return found;
  }

  #record(tx: Store, workspaceId: string, action: string, dataKeyId: string): Promise<void> {
    const nobody = { workspaceId, projectId: null, personId: null, keyId: null, requestId: null };
    return recordAct(tx, nobody, { action, details: { dataKey: dataKeyId, masterKey: this.#newest.id } });
  }
}
