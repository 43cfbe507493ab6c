import { StartError } from './start-error.ts';
import type { StoreLocation } from './store/open-store.ts';
import { Cluster } from './store/postgres/cluster.ts';

interface Place {
  readonly location: StoreLocation;
  stop(): Promise<void>;
}

/**
 * The database for a command: one that is running, or the bundled one, started for the while.
 * @throws StartError where there is none
 */
export async function locateDatabase(
  url: string | undefined,
  dataDirectory: string,
  log: (line: string) => void,
): Promise<Place> {
  if (url !== undefined) return { location: { url }, stop: async () => undefined };
  const running = await Cluster.inUse(dataDirectory);
  if (running !== undefined) return { location: running, stop: async () => undefined };
  if (!Cluster.isIn(dataDirectory))
    throw new StartError(`There is no database in ${dataDirectory}: set DATABASE_URL, or start the server once.`);
  const cluster = await Cluster.start(dataDirectory, log);
  return { location: cluster.location, stop: () => cluster.stop() };
}
