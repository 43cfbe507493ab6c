import { hashApiKey, mayBeApiKey } from '../../security/api-key.ts';
import { batched } from '../../store/batched.ts';
import { type FoundKey, findKeyHolders, touchKey } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';

/** Knows holders of keys of workspaces by their keys, with the rights that they have now. */
export class KeyHolders {
  readonly #store: Store;
  readonly #pepper: string;
  readonly #find: (hash: Buffer) => Promise<FoundKey | undefined>;

  constructor(store: Store, pepper: string) {
    this.#store = store;
    this.#pepper = pepper;
    this.#find = batched((hashes) => findKeyHolders(store, hashes));
  }

  /** The holder; undefined when the key is wrong, revoked or expired. */
  async find(key: string): Promise<FoundKey | undefined> {
    return mayBeApiKey(key) ? this.#find(hashApiKey(key, this.#pepper)) : undefined;
  }

  /** Notes that a key was used, where that was not just noted. */
  async touch({ keyId, isStale }: FoundKey): Promise<void> {
    if (isStale) await touchKey(this.#store, keyId);
  }
}
