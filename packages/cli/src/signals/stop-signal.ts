import { takeOver } from './take-over.ts';

/** Ctrl-C in a terminal reaches the program several times, from the terminal and from each process that started it. */
const REPEATED_MS = 2000;

/**
 * Waits for the wish to stop. One that is repeated later ends the process at once.
 * @param hurry is told of a wish that is repeated, in place of that; the next one then ends the process
 */
export function stopSignal(hurry?: () => void): Promise<void> {
  let more = hurry;
  return new Promise((resolve) => {
    let last: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // The program's own handlers would end it at once.
      takeOver(signal, () => {
        if (last !== undefined && performance.now() - last > REPEATED_MS) {
          if (more === undefined) process.exit(130);
          last = performance.now();
          more();
          more = undefined;
        }
        last ??= performance.now();
        resolve();
      });
    }
  });
}
