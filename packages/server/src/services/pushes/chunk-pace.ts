/** A chunk that takes no longer may be followed by a larger one. */
const QUICK_MS = 250;
/** Chunks grow to so many times what they began with: what has to be looked for after a crash stays small. */
const MOST = 8;

/**
 * How many rows the next chunk has. Each chunk costs a commit there and two notes here, some twenty milliseconds in which no row moves:
 * where many rows fit into little time, more of them share that.
 */
export class ChunkPace {
  readonly #least: number;
  readonly #most: number;
  readonly #quickMs: number;
  #rows: number;

  /** @param rows that chunks begin with @param isFixed whether all have so many @param timeoutMs in which a chunk has to be done, if that is said */
  constructor(rows: number, isFixed: boolean, timeoutMs: number | undefined) {
    this.#least = rows;
    this.#most = isFixed ? rows : rows * MOST;
    this.#quickMs = Math.min(QUICK_MS, (timeoutMs ?? Number.POSITIVE_INFINITY) / MOST);
    this.#rows = rows;
  }

  get rows(): number {
    return this.#rows;
  }

  /** To be told of each chunk that was kept. */
  took(ms: number): void {
    if (ms < this.#quickMs) this.#rows = Math.min(this.#most, this.#rows * 2);
    else if (ms > 4 * this.#quickMs) this.#rows = Math.max(this.#least, this.#rows / 2);
  }
}
