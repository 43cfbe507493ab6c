import { constants } from 'node:os';
import { takeOver } from './take-over.ts';

/** Ctrl-C in a terminal reaches the program several times, from the terminal and from each process that started it. */
const REPEATED_MS = 2000;

/**
 * Runs what has to be cleared away when it is broken off: a signal is told to it, and ends the process once it has ended. One that
 * is repeated later ends it at once.
 */
export async function interruptible<T>(use: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let first: number | undefined;
  let code = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The program's own handlers would end it at once.
    takeOver(signal, () => {
      first ??= performance.now();
      code ||= 128 + constants.signals[signal];
      stop.abort();
      if (performance.now() - first > REPEATED_MS) process.exit(code);
    });
  }
  try {
    return await use(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) process.exit(code);
    throw error;
  }
}
