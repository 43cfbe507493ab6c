import { ApiError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { MasterKey } from '../../security/master-key.ts';
import type { MasterKeys } from '../../security/master-keys.ts';
import {
  addDataKey,
  addMasterKey,
  lockMasterKeys,
  masterKeyIds,
  type StoredDataKey,
  useDataKey,
} from '../../store/data-keys.ts';
import type { Store } from '../../store/open-store.ts';
import {
  addSecret,
  changeSecret,
  readAllSealed,
  readSealed,
  type SealedSecret,
  type SecretIdentity,
  type StoredSecret,
  touchSecret,
} from '../../store/secrets.ts';
import { DataKey } from './data-key.ts';

/** NIST SP 800-38D allows 2^32 random nonces under a key; this leaves a margin. */
const MOST_USES = 2 ** 28;

/** A secret with its value. */
export type OpenedSecret = Pick<SecretIdentity, 'kind' | 'name' | 'project_id'> & { readonly value: string };

/** Seals and opens values of secrets. Whatever runs in its transactions sees the rows of one workspace. */
export class SecretVault {
  readonly #masterKeys: MasterKeys;

  constructor(masterKeys: MasterKeys) {
    this.#masterKeys = masterKeys;
  }

  /**
   * The value of a secret, for the server's own use: it goes into no answer, no log and no message. Notes the use.
   * @param check throws when it is not to be opened; given the very row that the value is of
   * @throws ApiError not_found, secret_unreadable
   */
  async openSecret(tx: Store, id: string, check?: (secret: SealedSecret) => void): Promise<string> {
    const found = await readSealed(tx, id);
    if (found === undefined) throw new ApiError('not_found', 'there is no such secret');
    const [secret, dataKey] = found;
    check?.(secret);
    const value = await this.#with(dataKey, (key) => key.open(secret));
    await touchSecret(tx, id);
    return value;
  }

  /**
   * All values of a workspace, for the server's own use, as those of `openSecret` are.
   * @throws ApiError secret_unreadable
   */
  async openAll(tx: Store): Promise<OpenedSecret[]> {
    const opened: OpenedSecret[] = [];
    for (const [secret, dataKey] of await readAllSealed(tx)) {
      const { kind, name, project_id } = secret;
      opened.push({ kind, name, project_id, value: await this.#with(dataKey, (key) => key.open(secret)) });
    }
    return opened;
  }

  /**
   * Adds a secret.
   * @param hosts where connections may send it
   * @returns undefined when one of people's own has the name there
   */
  async add(
    tx: Store,
    about: Omit<SecretIdentity, 'id' | 'version'>,
    value: string,
    author: string,
    hosts: readonly string[] = [],
  ): Promise<StoredSecret | undefined> {
    const secret = { ...about, id: newId('sec'), version: 1 };
    return addSecret(tx, { ...secret, hosts, ...(await this.#seal(tx, secret, value)) }, author);
  }

  /** Puts another value in the place of one that the transaction holds. */
  async change(tx: Store, held: StoredSecret, value: string, author: string): Promise<StoredSecret> {
    const { id, workspace_id, project_id, kind, name } = held;
    const secret = { id, workspace_id, project_id, kind, name, version: held.version + 1 };
    return changeSecret(tx, { id, version: secret.version, ...(await this.#seal(tx, secret, value)) }, author);
  }

  /** Makes the key for what a workspace seals from now on. */
  async newDataKey(tx: Store, workspaceId: string): Promise<StoredDataKey> {
    const master = await this.#chooseMaster(tx);
    const made = DataKey.make(workspaceId);
    const stored = made.wrap(master);
    made.wipe();
    await addDataKey(tx, stored);
    return stored;
  }

  async #seal(tx: Store, secret: SecretIdentity, value: string) {
    const { workspace_id: workspaceId } = secret;
    const dataKey = (await useDataKey(tx, workspaceId, MOST_USES)) ?? (await this.#firstUse(tx, workspaceId));
    const sealed = await this.#with(dataKey, (key) => key.seal(secret, value));
    return { sealed, data_key_id: dataKey.id };
  }

  async #firstUse(tx: Store, workspaceId: string): Promise<StoredDataKey> {
    await lockMasterKeys(tx);
    // Another request may have made one meanwhile.
    const made = await useDataKey(tx, workspaceId, MOST_USES);
    if (made !== undefined) return made;
    await this.newDataKey(tx, workspaceId);
    return (await useDataKey(tx, workspaceId, MOST_USES)) as StoredDataKey;
  }

  /** The database knows which master key is the newest: a server that does not, has to find it. */
  async #chooseMaster(tx: Store): Promise<MasterKey> {
    await lockMasterKeys(tx);
    const [newest] = await masterKeyIds(tx);
    if (newest !== undefined) return this.#master(newest);
    const master = await this.#masterKeys.newest();
    await addMasterKey(tx, master.id);
    return master;
  }

  async #master(id: string): Promise<MasterKey> {
    const master = await this.#masterKeys.find(id);
    if (master === undefined) throw unreadable(`the server does not have the master key ${id}`);
    return master;
  }

  async #with<T>(stored: StoredDataKey, use: (key: DataKey) => T): Promise<T> {
    const master = await this.#master(stored.master_key_id);
    let key: DataKey | undefined;
    try {
      key = DataKey.unwrap(stored, master);
      return use(key);
    } catch (error) {
      throw unreadable('a secret, or the key of its workspace, is not as it was stored', error);
    } finally {
      key?.wipe();
    }
  }
}

function unreadable(message: string, cause?: unknown): ApiError {
  const error = new ApiError('secret_unreadable', message);
  return cause === undefined ? error : Object.assign(error, { cause });
}
