import type { Clock } from '../pace/clock.ts';

/** A clock that only goes on while somebody sleeps, or when it is told to. */
export class FakeClock implements Clock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number, until: AbortSignal): Promise<void> {
    if (!until.aborted) this.#now += milliseconds;
  }
}
