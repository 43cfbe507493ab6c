import { setTimeout as wait } from 'node:timers/promises';

/** The time that a stream goes by. */
export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Waits so long, and less when the signal comes. */
  sleep(milliseconds: number, until: AbortSignal): Promise<void>;
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  async sleep(milliseconds, until) {
    // A timer may come up to a millisecond early.
    await wait(Math.ceil(milliseconds), undefined, { signal: until }).catch(() => undefined);
  },
};
