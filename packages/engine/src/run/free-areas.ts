/**
 * Which output areas of a kernel may be written. The one that was freed last is taken first: it is the likeliest to be in this
 * core's cache.
 */
export class FreeAreas {
  readonly #free: number[];

  constructor(count: number) {
    this.#free = Array.from({ length: count }, (_, area) => count - 1 - area);
  }

  /** The area to write next, which stays the same until it is taken; undefined when all are. */
  get next(): number | undefined {
    return this.#free.at(-1);
  }

  /** Takes the next area away, and says which it was. */
  take(): number {
    return this.#free.pop() as number;
  }

  give(area: number): void {
    this.#free.push(area);
  }
}
