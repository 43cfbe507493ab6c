/** A text and how often it came. */
export interface Counted {
  readonly value: string;
  readonly count: number;
}

/**
 * The commonest texts: exactly while there are at most 2·capacity of them, beyond that by the Misra-Gries summary (1982) in the
 * batched form of D. Anderson et al., "A high-performance algorithm for identifying frequent items in data streams" (IMC 2017).
 * No count is too high, and none too low by more than `error`, at most the number of texts / capacity.
 */
export class FrequentItems {
  readonly #capacity: number;
  readonly #counts = new Map<string, number>();
  error = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(text: string): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
    if (this.#counts.size > 2 * this.#capacity) this.#shrink();
  }

  /** Texts that are held. */
  get held(): number {
    return this.#counts.size;
  }

  get exact(): boolean {
    return this.error === 0;
  }

  countOf(text: string): number {
    return this.#counts.get(text) ?? 0;
  }

  /** The commonest first; of equally common ones in the order of their texts. */
  top(count: number): Counted[] {
    return Array.from(this.#counts, ([value, times]) => ({ value, count: times }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, count);
  }

  /** Takes the count of the (capacity + 1)-th from all, and drops those that are left with none. */
  #shrink(): void {
    const cut = [...this.#counts.values()].sort((a, b) => b - a)[this.#capacity] ?? 0;
    this.error += cut;
    for (const [text, count] of this.#counts) {
      if (count > cut) this.#counts.set(text, count - cut);
      else this.#counts.delete(text);
    }
  }
}
