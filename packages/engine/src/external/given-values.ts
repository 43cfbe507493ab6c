import type { ExternalValues } from '../plan/external-values.ts';

/** Values that were given, to be looked up while rows are filled in. */
export class GivenValues {
  readonly #byPath = new Map<string, ReadonlyMap<number, unknown>>();
  /** Whether what is not given is null, in rows that nobody will see. */
  isLenient = false;

  /** Forgets those of before. */
  give(given: ExternalValues | undefined): void {
    this.#byPath.clear();
    for (const [path, { indices, values }] of Object.entries(given ?? {})) {
      this.#byPath.set(path, new Map(indices.map((index, i) => [index, values[i]])));
    }
  }

  /** @throws Error when the value was not given: whoever makes rows has to give all of them */
  value(path: string, index: number): unknown {
    const value = this.#byPath.get(path)?.get(index);
    if (value !== undefined) return value;
    if (this.isLenient) return null;
    throw new Error(`row ${index} of ${path} was to be given, and is not`);
  }
}
