import { wait } from './backoff.ts';

/** Lets requests start at even distances, so that never more than a number of them start in a second. */
export class RateCap {
  readonly #distanceMs: number;
  #next = 0;

  /** @param perSecond undefined: as many as come */
  constructor(perSecond: number | undefined) {
    this.#distanceMs = perSecond === undefined ? 0 : 1000 / perSecond;
  }

  /** Ends when the next request may start. @throws the signal's reason */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#distanceMs === 0) return;
    const now = performance.now();
    const at = Math.max(this.#next, now);
    this.#next = at + this.#distanceMs;
    if (at > now) await wait(at - now, signal);
  }
}
