import { breather } from './breather.ts';
import type { Failure } from './failure.ts';

/** A pause for the event loop when it is due, which rejects when the run has failed meanwhile. */
export type Pace = () => Promise<void> | undefined;

export function paceOf(signal: AbortSignal | undefined, failure: Failure): Pace {
  const breathe = breather(signal);
  return () => {
    const pause = breathe();
    return pause && failure.or(pause);
  };
}
