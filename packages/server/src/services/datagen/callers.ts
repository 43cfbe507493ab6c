import { hashApiKey, mayBeApiKey } from '../../security/api-key.ts';
import { isDatagenKey } from '../../security/datagen-key.ts';
import { allows } from '../../security/permissions.ts';
import { findDatagenKey } from '../../store/datagen/keys.ts';
import { findPlan } from '../../store/find-plan.ts';
import { findKeyHolder, touchKey } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { LruCache } from './lru-cache.ts';
import { isTier, type TierName } from './tiers.ts';

/** Who asks: the holder of a key of this door or of a workspace. */
export interface Caller {
  readonly keyId: string;
  /** Whose contracts the caller sees. */
  readonly owner: string;
  readonly tier: TierName;
  /** Whether the caller may have rows made: a key of a workspace may be one that only reads. */
  readonly mayGenerate: boolean;
  /** What of the key may be shown. */
  readonly display: string;
}

/** A key that was good is taken for good this long: so long a revoked one may still be used. */
const TRUSTED_MS = 1000;
const KEPT = 10_000;

/** Knows callers by their keys. */
export class Callers {
  readonly #store: Store;
  readonly #pepper: string;
  readonly #known = new LruCache<string, { readonly until: number; readonly caller: Promise<Caller | undefined> }>(
    KEPT,
  );

  constructor(store: Store, pepper: string) {
    this.#store = store;
    this.#pepper = pepper;
  }

  /** The holder of a key; undefined when it is wrong, revoked or expired. */
  async find(key: string): Promise<Caller | undefined> {
    if (!mayBeApiKey(key)) return undefined;
    const hash = hashApiKey(key, this.#pepper);
    const id = hash.toString('base64');
    const known = this.#known.get(id);
    const now = performance.now();
    if (known !== undefined && known.until > now) return known.caller;
    const caller = isDatagenKey(key) ? this.#ofDatagen(hash) : this.#ofWorkspace(hash, key);
    this.#known.set(id, { until: now + TRUSTED_MS, caller });
    // Only what is good is remembered: a key that is made now works now.
    const found = await caller.catch((error: unknown) => {
      this.#known.delete(id);
      throw error;
    });
    if (found === undefined) this.#known.delete(id);
    return found;
  }

  async #ofDatagen(hash: Buffer): Promise<Caller | undefined> {
    const key = await findDatagenKey(this.#store, hash);
    if (key === undefined || !isTier(key.tier)) return undefined;
    return { keyId: key.id, owner: key.id, tier: key.tier, mayGenerate: true, display: key.display };
  }

  async #ofWorkspace(hash: Buffer, key: string): Promise<Caller | undefined> {
    const holder = await findKeyHolder(this.#store, hash);
    if (holder === undefined) return undefined;
    // Not awaited: the note of a key's use must not slow or fail the request.
    touchKey(this.#store, holder.keyId).catch(() => undefined);
    const { keyId, workspaceId, projectId } = holder;
    const plan = await findPlan(this.#store, workspaceId);
    return {
      keyId,
      owner: projectId ?? workspaceId,
      // A plan that this server does not know is none.
      tier: isTier(plan) ? plan : 'free',
      mayGenerate: allows(holder, 'generate'),
      display: `${key.slice(0, Math.min(16, key.length / 3))}...`,
    };
  }
}
