/** How many values lie in [from, to). */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const FINE = 512;
/** So many values are looked at before the width of a bin is chosen. */
const SAMPLE = 256;

/**
 * Counts in bins of equal width, all exact. The width is a power of two and doubles, merging neighbours, when a value comes
 * that lies too far out: memory is bounded and no range need be known before.
 */
export class Histogram {
  #waiting: number[] | undefined = [];
  #width = 1;
  #whole = true;
  readonly #counts = new Map<number, number>();
  #low = 0;
  #high = 0;

  /** @param value finite */
  add(value: number): void {
    if (this.#whole && !Number.isInteger(value)) this.#whole = false;
    if (this.#waiting !== undefined) {
      this.#waiting.push(value);
      if (this.#waiting.length >= SAMPLE) this.#begin();
      return;
    }
    this.#put(value);
  }

  /** Bins and values that are held. */
  get held(): number {
    return this.#counts.size + (this.#waiting?.length ?? 0);
  }

  /** At most `most` bins without gaps; whole numbers get bins at least 1 wide. */
  bins(most: number): Bin[] {
    this.#begin();
    if (this.#counts.size === 0) return [];
    while (this.#high - this.#low + 1 > most || (this.#whole && this.#width < 1)) this.#widen();
    return Array.from({ length: this.#high - this.#low + 1 }, (_, i) => {
      const from = (this.#low + i) * this.#width;
      return { from, to: from + this.#width, count: this.#counts.get(this.#low + i) ?? 0 };
    });
  }

  #begin(): void {
    const values = this.#waiting;
    if (values === undefined) return;
    this.#waiting = undefined;
    if (values.length === 0) return;
    const [min, max] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [values[0] ?? 0, values[0] ?? 0]);
    const magnitude = Math.max(Math.abs(min), Math.abs(max));
    // Never so fine that the number of a bin would lose bits.
    const finest = Math.max((max - min) / (FINE / 4), magnitude * 2 ** -40, 2 ** -60);
    this.#width = 2 ** Math.ceil(Math.log2(finest));
    this.#low = this.#high = Math.floor((values[0] ?? 0) / this.#width);
    for (const value of values) this.#put(value);
  }

  #put(value: number): void {
    let index = Math.floor(value / this.#width);
    while (Math.max(index, this.#high) - Math.min(index, this.#low) >= FINE) {
      this.#widen();
      index = Math.floor(value / this.#width);
    }
    this.#low = Math.min(this.#low, index);
    this.#high = Math.max(this.#high, index);
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + 1);
  }

  #widen(): void {
    const merged = new Map<number, number>();
    for (const [index, count] of this.#counts) {
      const half = Math.floor(index / 2);
      merged.set(half, (merged.get(half) ?? 0) + count);
    }
    this.#counts.clear();
    for (const [index, count] of merged) this.#counts.set(index, count);
    this.#width *= 2;
    this.#low = Math.floor(this.#low / 2);
    this.#high = Math.floor(this.#high / 2);
  }
}
