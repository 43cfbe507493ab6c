import { fieldKey } from './field-key.ts';

/** The keys of a seed that may be exchanged for another: what is made once asks for its key whenever it draws. */
export class StreamKeys {
  #seed: string;
  readonly #known = new Map<string, bigint>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** From now on keys are those of this seed. */
  seed(seed: string): void {
    if (seed === this.#seed) return;
    this.#seed = seed;
    this.#known.clear();
  }

  /** `fieldKey` of the seed and a path. */
  of(path: string): bigint {
    let key = this.#known.get(path);
    if (key === undefined) {
      key = fieldKey(this.#seed, path);
      this.#known.set(path, key);
    }
    return key;
  }
}
