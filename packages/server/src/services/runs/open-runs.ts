import { availableParallelism } from 'node:os';
import type { BlobStore } from '../../store/blobs/blob-store.ts';
import type { Spool } from '../../store/blobs/spool.ts';
import type { Store, StoreLocation } from '../../store/open-store.ts';
import { RunQueue } from '../../store/queue/run-queue.ts';
import type { Plans } from '../limits/plans.ts';
import type { RunPlaces } from '../run-service.ts';
import { keepRuns } from './keep-runs.ts';
import { RunSignals } from './run-signals.ts';
import { RunWorker } from './run-worker.ts';
import type { SystemPlaces } from './system-places.ts';

export interface RunSettings {
  /** How many runs this process works on at a time; default: one for each core; 0: none, others do. */
  readonly workers?: number;
  /** A generation of more rows is a run unless a stream is asked for; default: only those that are asked for are runs. */
  readonly asyncRows?: number;
  /** Most bytes of an output; default: what the plan says. */
  readonly maxBytes?: number;
}

const KEEP_MS = 10 * 60_000;

export interface OpenRuns {
  readonly places: RunPlaces;
  /** Begins to work. */
  start(): void;
  /** Gives back what is under way, and lets go of whoever waits. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

interface Surroundings {
  readonly store: Store;
  readonly location: StoreLocation;
  readonly blobs: BlobStore;
  readonly spool: Spool;
  readonly systems: SystemPlaces;
  readonly plans: Plans;
  readonly settings: RunSettings;
  readonly log: (line: string) => void;
}

/** The queue of runs, and what works on it in this process. */
export async function openRuns({
  store,
  location,
  blobs,
  spool,
  systems,
  plans,
  settings,
  log,
}: Surroundings): Promise<OpenRuns> {
  const { workers = availableParallelism(), asyncRows, maxBytes } = settings;
  const onError = (error: unknown, what: string): void => log(`${what}: ${(error as Error).message}`);
  const queue = await RunQueue.open(store, location, (error) => onError(error, 'the queue of runs'));
  const signals = new RunSignals();
  const worker = new RunWorker({ store, queue, blobs, spool, systems, signals, atOnce: workers, onError });
  let keeping: NodeJS.Timeout | undefined;
  const keep = (): void => {
    keepRuns(store, blobs, queue).catch((error: unknown) => onError(error, 'runs were not looked after'));
  };
  return {
    places: { queue, signals, plans, asyncRows, maxBytes },
    start: () => {
      if (workers > 0) worker.start();
      keeping = setInterval(keep, KEEP_MS);
      keeping.unref();
      keep();
    },
    stop: async () => {
      clearInterval(keeping);
      signals.close();
      await worker.stop();
    },
    close: () => queue.close(),
  };
}
