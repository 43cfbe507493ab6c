import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { locateDatabase } from './locate-database.ts';
import { StartError } from './start-error.ts';
import type { Store } from './store/open-store.ts';
import { openStoreAsItIs } from './store/open-store-as-it-is.ts';

/** Where a server keeps what it knows. */
export interface OperatorPlace {
  /** Default `.datamaker`. */
  readonly dataDirectory?: string;
  /** A PostgreSQL in place of the bundled one. */
  readonly databaseUrl?: string;
}

/**
 * Does something with the database of a server, whether one runs or not; the tables are left as they are.
 * @throws StartError with one line that says what to do
 */
export async function withOperatorStore<T>(place: OperatorPlace, use: (store: Store) => Promise<T>): Promise<T> {
  const dataDirectory = resolve(place.dataDirectory ?? '.datamaker');
  if (place.databaseUrl === undefined) {
    await access(dataDirectory).catch(() => {
      throw new StartError(`There is no data directory ${dataDirectory}.`);
    });
  }
  const log = (line: string): void => console.error(`datamaker: ${line}`);
  const database = await locateDatabase(place.databaseUrl, dataDirectory, log);
  try {
    const store = await openStoreAsItIs(database.location, (error) =>
      log(`a database connection broke: ${error.message}`),
    ).catch((error: Error) => {
      throw new StartError(`The database cannot be used: ${error.message}`);
    });
    return await use(store).finally(() => store.destroy());
  } finally {
    await database.stop();
  }
}
