/**
 * When rows are due: `burst` of them at once at the beginning, and again after each `everySeconds`. A rate is a burst of one. Times are
 * counted from the beginning and not from the row before, so that nothing adds up.
 */
export class Pace {
  readonly #burst: number;
  readonly #everySeconds: number;

  /** @throws RangeError unless both are above zero and the burst is whole */
  constructor(burst: number, everySeconds: number) {
    if (!(Number.isSafeInteger(burst) && burst > 0 && everySeconds > 0 && Number.isFinite(everySeconds))) {
      throw new RangeError('a pace is a whole number of rows and the seconds between');
    }
    this.#burst = burst;
    this.#everySeconds = everySeconds;
  }

  /** Seconds from the beginning at which so many rows are due. */
  at(rows: number): number {
    return rows <= 0 ? 0 : Math.floor((rows - 1) / this.#burst) * this.#everySeconds;
  }

  /** Rows that are due after so many seconds. */
  due(seconds: number): number {
    if (seconds < 0) return 0;
    // What a division rounds must not set a row later than `at` has it.
    let bursts = Math.floor(seconds / this.#everySeconds) + 1;
    if (bursts * this.#everySeconds <= seconds) bursts += 1;
    else if ((bursts - 1) * this.#everySeconds > seconds) bursts -= 1;
    return bursts * this.#burst;
  }

  /** Rows that are due before so many seconds have passed: what a stream of this length has. */
  within(seconds: number): number {
    const due = this.due(seconds);
    return this.at(due) >= seconds ? due - this.#burst : due;
  }
}
