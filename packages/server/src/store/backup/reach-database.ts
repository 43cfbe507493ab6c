import pg from 'pg';
import { StartError } from '../../start-error.ts';
import type { S3Settings } from '../blobs/s3-blobs.ts';
import type { StoreLocation } from '../open-store.ts';
import { Cluster } from '../postgres/cluster.ts';
import { StoreError } from '../store-error.ts';
import { BackupError } from './backup-error.ts';

/** Where a server keeps what it knows. */
export interface DataPlace {
  readonly dataDirectory: string;
  /** A PostgreSQL that is used in place of the bundled one. */
  readonly databaseUrl?: string | undefined;
  /** An S3-compatible object store for the files of workspaces, in place of the data directory. */
  readonly s3?: S3Settings | undefined;
}

/** Uses the database of a place: of the server that is running on it, or one that is started for the while. */
export async function toRead<T>(place: DataPlace, use: (location: StoreLocation) => Promise<T>): Promise<T> {
  return told(async () => {
    if (place.databaseUrl !== undefined) return use({ url: place.databaseUrl });
    if (!Cluster.isIn(place.dataDirectory)) {
      const message = `there is no database in ${place.dataDirectory}`;
      throw new BackupError('no_data', message, 'name its folder with --data-dir, or set DATABASE_URL');
    }
    const running = await Cluster.inUse(place.dataDirectory);
    return running === undefined ? whileRunning(place.dataDirectory, use) : use(running);
  });
}

/** The same for who writes: a bundled database that is not there is made, and one that a server is using is refused. */
export async function toReplace<T>(place: DataPlace, use: (location: StoreLocation) => Promise<T>): Promise<T> {
  return told(async () => {
    if (place.databaseUrl !== undefined) return use({ url: place.databaseUrl });
    if ((await Cluster.inUse(place.dataDirectory)) !== undefined) {
      const message = `a server is using ${place.dataDirectory}`;
      throw new BackupError('database_in_use', message, 'stop it first, or name another folder with --data-dir');
    }
    return whileRunning(place.dataDirectory, use);
  });
}

async function whileRunning<T>(dataDirectory: string, use: (location: StoreLocation) => Promise<T>): Promise<T> {
  const cluster = await Cluster.start(dataDirectory, () => undefined);
  return use(cluster.location).finally(() => cluster.stop());
}

/** Puts what the database says into an error of ours. Whoever can run this may read all rows: nothing is kept back. */
async function told<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const isItsOwn = error instanceof pg.DatabaseError || error instanceof StartError || error instanceof StoreError;
    if (!isItsOwn) throw error;
    const hint = 'nothing was changed; see to that and try again';
    throw new BackupError('database_failed', `the database: ${(error as Error).message}`, hint, error);
  }
}
