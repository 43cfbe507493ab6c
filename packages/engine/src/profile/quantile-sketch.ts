/** Size of the largest compactor. */
const K = 1024;
/** Each level below keeps this much of the one above. */
const SHRINK = 2 / 3;

/** Bound of the error of a rank, as a share of all values, that holds for practically every sketch (measured, see the tests). */
export const RANK_ERROR = 0.005;

/**
 * Quantiles in little memory: the sketch of Z. Karnin, K. Lang, E. Liberty, "Optimal quantile approximation in streams" (FOCS
 * 2016). Exact up to 1024 values. Its coin is a fixed sequence, so that the same values give the same sketch.
 */
export class QuantileSketch {
  #levels: number[][] = [[]];
  #size = 0;
  #capacity = K;
  #coin = 0x2545f491;
  count = 0;

  add(value: number): void {
    this.#levels[0]?.push(value);
    this.#size++;
    this.count++;
    if (this.#size > this.#capacity) this.#compress();
  }

  /** Values that are held. */
  get held(): number {
    return this.#size;
  }

  /** The value below or at which a share p of the values lies. */
  quantile(p: number): number {
    const sorted = this.#sorted();
    const wanted = p * this.count;
    let below = 0;
    for (const { value, weight } of sorted) {
      below += weight;
      if (below >= wanted) return value;
    }
    return sorted.at(-1)?.value ?? Number.NaN;
  }

  /** Shares of values below, and at or below, each of some values. */
  ranks(values: readonly number[]): { readonly below: number; readonly upTo: number }[] {
    const sorted = this.#sorted();
    const share = (fits: (value: number) => boolean): number =>
      sorted.reduce((sum, { value, weight }) => (fits(value) ? sum + weight : sum), 0) / Math.max(1, this.count);
    return values.map((wanted) => ({ below: share((v) => v < wanted), upTo: share((v) => v <= wanted) }));
  }

  #sorted(): { value: number; weight: number }[] {
    return this.#levels
      .flatMap((level, i) => level.map((value) => ({ value, weight: 2 ** i })))
      .sort((a, b) => a.value - b.value);
  }

  #limitOf(level: number): number {
    return Math.max(8, Math.ceil(K * SHRINK ** (this.#levels.length - 1 - level)));
  }

  /** Halves the lowest level that is full: every other of its values goes up with twice the weight. */
  #compress(): void {
    for (let level = 0; level < this.#levels.length; level++) {
      const values = this.#levels[level] ?? [];
      if (values.length < this.#limitOf(level)) continue;
      if (level === this.#levels.length - 1) this.#levels.push([]);
      values.sort((a, b) => a - b);
      // An odd value out stays, so that the weights add up to the count.
      const odd = values.length % 2 === 1 ? [values.pop() ?? 0] : [];
      const from = this.#flip();
      const above = this.#levels[level + 1] ?? [];
      for (let i = from; i < values.length; i += 2) above.push(values[i] ?? 0);
      this.#levels[level] = odd;
      this.#size = this.#levels.reduce((sum, all) => sum + all.length, 0);
      this.#capacity = this.#levels.reduce((sum, _, i) => sum + this.#limitOf(i), 0);
      if (this.#size <= this.#capacity) return;
    }
  }

  /** xorshift32 (G. Marsaglia 2003). */
  #flip(): 0 | 1 {
    let x = this.#coin;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#coin = x;
    return ((x >>> 8) & 1) as 0 | 1;
  }
}
