import { setTimeout as wait } from 'node:timers/promises';

/** The time that a stream goes by. */
export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Waits so long, or about 24 days at most; less when the signal comes. */
  sleep(milliseconds: number, until: AbortSignal): Promise<void>;
}

/** What a timer can wait for: a longer one would fire at once. Who wakes up early waits again. */
const MOST_MS = 2 ** 31 - 1;

export const CLOCK: Clock = {
  now: () => performance.now(),
  async sleep(milliseconds, until) {
    // A timer may come up to a millisecond early.
    await wait(Math.min(Math.ceil(milliseconds), MOST_MS), undefined, { signal: until }).catch(() => undefined);
  },
};
