import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionError } from '../connection-error.ts';

/** How long another transaction may go on by itself: a COMMIT that is on its way arrives meanwhile. */
const PATIENCE_MS = 1000;
const MOST_MS = 30_000;
const AGAIN_MS = 50;

/**
 * Takes a lock that another transaction may hold.
 * @param take whether it was free
 * @param end ends whoever holds it
 */
export async function claiming(
  take: () => Promise<boolean>,
  end: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const start = performance.now();
  while (!(await take())) {
    const waited = performance.now() - start;
    if (waited > MOST_MS) {
      throw new ConnectionError('timeout', 'another transaction of the same work does not end', {
        isTransient: true,
        hint: 'its session may belong to another user: end it there',
      });
    }
    if (waited > PATIENCE_MS) await end();
    await pause(AGAIN_MS, undefined, signal === undefined ? {} : { signal });
  }
}
