import { statfs } from 'node:fs/promises';
import { connectionsOf, type Store } from '../store/open-store.ts';
import { type QueueFigures, queueFigures } from '../store/queue/queue-figures.ts';

/** What a server stands on. */
export interface FiguresPlaces {
  readonly store: Store;
  /** Where it writes. */
  readonly folder: string;
}

/** What metrics tell of what a server stands on, as of when it is asked for. */
export interface ServerFigures {
  /** undefined: the database does not answer. */
  queue(): Promise<QueueFigures | undefined>;
  connections(): Readonly<Record<'open' | 'idle' | 'waiting', number>>;
  /** Bytes; undefined: nobody can tell. */
  diskFree(): Promise<number | undefined>;
}

/** However often and by how many it is scraped, the queue is counted once in so long. */
const FRESH_MS = 5000;

export const serverFigures = ({ store, folder }: FiguresPlaces): ServerFigures => ({
  queue: lastFor(FRESH_MS, () => queueFigures(store).catch(() => undefined)),
  connections: () => connectionsOf(store),
  diskFree: () =>
    statfs(folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => undefined,
    ),
});

/** Asks again only when what was heard is old; those who ask meanwhile wait for one answer. */
function lastFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<T> | undefined;
  return () => {
    if (answer === undefined || performance.now() - asked > ms) {
      asked = performance.now();
      answer = ask();
    }
    return answer;
  };
}
