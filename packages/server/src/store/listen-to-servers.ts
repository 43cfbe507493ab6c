import pg from 'pg';
import { configOf } from './config-of.ts';
import type { StoreLocation } from './open-store.ts';
import { RUN_CHANNEL } from './run-logs.ts';

/** How long to wait before a connection is made anew. */
const AGAIN_MS = 1000;

/** What tells of runs that change in other processes. */
export interface Listening {
  /** Whether news come; where not, one has to look. */
  readonly isOpen: boolean;
  close(): Promise<void>;
}

/**
 * Hears what servers tell each other of runs (LISTEN). Where there is a pooler before the database that gives each transaction another
 * session nothing may come: it is news that makes things quick, and nothing depends on it.
 * @param told what happened, as `tellServers` was given it
 */
export function listenToServers(
  location: StoreLocation,
  told: (what: string) => void,
  onError: (error: Error) => void,
): Listening {
  let client: pg.Client | undefined;
  let isOpen = false;
  let isClosed = false;
  let isTold = false;
  let again: NodeJS.Timeout | undefined;
  const retry = (error?: Error): void => {
    isOpen = false;
    if (isClosed) return;
    // Once, and not each second for as long as the database is away.
    if (error !== undefined && !isTold) onError(error);
    isTold = true;
    clearTimeout(again);
    again = setTimeout(open, AGAIN_MS);
    again.unref();
  };
  const open = (): void => {
    const made = new pg.Client(configOf(location, 'datamaker-news'));
    client = made;
    made.on('notification', ({ payload }) => told(payload ?? ''));
    made.on('error', (error) => retry(error));
    made.on('end', () => retry());
    made.connect().then(
      () =>
        made.query(`LISTEN ${RUN_CHANNEL}`).then(() => {
          isOpen = true;
          isTold = false;
        }, retry),
      retry,
    );
  };
  open();
  return {
    get isOpen() {
      return isOpen;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };
}
