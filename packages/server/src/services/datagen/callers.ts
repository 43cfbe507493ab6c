import { hashApiKey, mayBeApiKey } from '../../security/api-key.ts';
import { isDatagenKey } from '../../security/datagen-key.ts';
import { allows, type Role } from '../../security/permissions.ts';
import { batched } from '../../store/batched.ts';
import { type DatagenKey, findDatagenKeys } from '../../store/datagen/keys.ts';
import { type FoundKey, findKeyHolders, touchKey } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { findScriptHolder } from '../../store/script-holders.ts';
import { tenantOf } from '../../store/tenant.ts';
import type { ScriptCaller } from '../scenarios/broker/script-callers.ts';
import { isTier, type TierName } from './tiers.ts';

/** Who asks: the holder of a key of this door or of a workspace. */
export interface Caller {
  readonly keyId: string;
  /** Whose contracts the caller sees. */
  readonly owner: string;
  readonly tier: TierName;
  /** What of the key may be shown. */
  readonly display: string;
  /** Whether role and key do for looking: contracts, checks of requests. */
  readonly mayRead: boolean;
  /** Whether role and key do for making rows. */
  readonly mayGenerate: boolean;
  /** Of a key of a workspace: in whose audit it is told of. */
  readonly workspace?: {
    readonly id: string;
    readonly projectId: string | null;
    readonly personId: string;
    readonly role: Role;
  };
}

/** Knows callers by their keys. */
export class Callers {
  readonly #store: Store;
  readonly #pepper: string;
  readonly #findDatagenKey: (hash: Buffer) => Promise<DatagenKey | undefined>;
  readonly #findWorkspaceKey: (hash: Buffer) => Promise<FoundKey | undefined>;

  constructor(store: Store, pepper: string) {
    this.#store = store;
    this.#pepper = pepper;
    this.#findDatagenKey = batched((hashes) => findDatagenKeys(store, hashes));
    this.#findWorkspaceKey = batched((hashes) => findKeyHolders(store, hashes));
  }

  /**
   * The holder of a key; undefined when it is wrong, revoked or expired. Asked of the database each time: a key that is
   * revoked in one process works in none from then on.
   * @param script of a run that asks: then it is that of whoever started the run
   */
  async find(key: string, script?: ScriptCaller): Promise<Caller | undefined> {
    if (script !== undefined) return this.#ofScript(script);
    if (!mayBeApiKey(key)) return undefined;
    const hash = hashApiKey(key, this.#pepper);
    return isDatagenKey(key) ? this.#ofDatagen(hash) : this.#ofWorkspace(hash, key);
  }

  /** The holder of a credential that somebody else has looked at. */
  ofHolder(holder: FoundKey | undefined): Caller | undefined {
    return holder === undefined || holder.deletedAt !== null ? undefined : callerOf(holder, holder.keyId);
  }

  async #ofDatagen(hash: Buffer): Promise<Caller | undefined> {
    const key = await this.#findDatagenKey(hash);
    if (key === undefined || !isTier(key.tier)) return undefined;
    return { keyId: key.id, owner: key.id, tier: key.tier, display: key.display, mayRead: true, mayGenerate: true };
  }

  async #ofWorkspace(hash: Buffer, key: string): Promise<Caller | undefined> {
    const holder = await this.#findWorkspaceKey(hash);
    if (holder === undefined || holder.deletedAt !== null) return undefined;
    // Not awaited: the note of a key's use must not slow or fail the request.
    if (holder.isStale) touchKey(this.#store, holder.keyId).catch(() => undefined);
    return callerOf(holder, `${key.slice(0, Math.min(16, key.length / 3))}...`);
  }

  async #ofScript({ runId, workspaceId, lease }: ScriptCaller): Promise<Caller | undefined> {
    const holder = await findScriptHolder(tenantOf(this.#store, workspaceId), runId, lease);
    return holder && callerOf(holder, runId);
  }
}

const callerOf = (holder: FoundKey, display: string): Caller => ({
  keyId: holder.keyId,
  // As through the other door: a key for the whole workspace works in its first project.
  owner: holder.defaultProject ?? holder.workspaceId,
  mayRead: allows(holder, 'read'),
  mayGenerate: allows(holder, 'generate'),
  workspace: {
    id: holder.workspaceId,
    projectId: holder.defaultProject,
    personId: holder.personId,
    role: holder.role,
  },
  // A plan that this server does not know is none.
  tier: isTier(holder.plan) ? holder.plan : 'free',
  display,
});
