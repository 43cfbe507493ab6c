import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../start-server.ts';
import { type BackUpOptions, backUp } from '../store/backup/back-up.ts';
import type { Manifest } from '../store/backup/manifest.ts';
import type { DataPlace } from '../store/backup/reach-database.ts';
import { connect, type Store } from '../store/open-store.ts';
import { Cluster } from '../store/postgres/cluster.ts';
import { TABLES } from '../store/tables.ts';
import { startExternalPostgres } from './external-postgres.ts';
import { bundle, bundledLocation, quietly, removeFolder, temporaryFolder } from './servers.ts';
import { contentOf, shapeOf } from './shape-of.ts';

/** Request counters go with a crash of the database, so they are not in a backup. */
const LASTING = TABLES.filter((name) => name !== 'request_bucket' && name !== 'worker');

/** Where databases are: in a data directory, of a superuser elsewhere, of an ordinary owner. */
export const PLACES = ['bundled', 'superuser', 'owner'] as const;
export type PlaceKind = (typeof PLACES)[number];

/** A folder and a PostgreSQL in which tests of backups make as many empty places as they like. */
export interface Ground {
  readonly folder: string;
  newPlace(kind: PlaceKind): Promise<DataPlace>;
  close(): Promise<void>;
}

export async function newGround(): Promise<Ground> {
  const folder = temporaryFolder();
  const postgres = await startExternalPostgres();
  let places = 0;
  return {
    folder,
    newPlace: async (kind) => {
      const dataDirectory = join(folder, String(++places));
      mkdirSync(dataDirectory);
      if (kind === 'bundled') return { dataDirectory };
      return { dataDirectory, databaseUrl: await postgres.createDatabase(kind === 'owner' ? 'ordinary' : undefined) };
    },
    close: async () => {
      await postgres.stop();
      removeFolder(folder);
    },
  };
}

export const copySecret = (from: DataPlace, to: DataPlace): void =>
  copyFileSync(join(from.dataDirectory, 'secret'), join(to.dataDirectory, 'secret'));

/** Starts a server on a place. */
export async function startAt({ dataDirectory, databaseUrl, s3 }: DataPlace): Promise<RunningServer> {
  if (databaseUrl === undefined && !Cluster.isIn(dataDirectory)) await bundle(dataDirectory);
  return startServer(
    quietly({
      dataDirectory,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(s3 === undefined ? {} : { s3 }),
    }),
  );
}

/** Backs up into a file. @param more `write` is asked before each chunk is kept */
export async function backUpTo(file: string, place: DataPlace, more: Partial<BackUpOptions> = {}): Promise<Manifest> {
  const chunks: Uint8Array[] = [];
  const write = async (chunk: Uint8Array): Promise<void> => {
    await more.write?.(chunk);
    chunks.push(chunk);
  };
  const manifest = await backUp(place, { productVersion: '9.9.9', ...more, write });
  writeFileSync(file, Buffer.concat(chunks));
  return manifest;
}

/** Looks at the database of a place, which must be running, as one who may see all of it. */
export async function look<T>(place: DataPlace, use: (store: Store) => Promise<T>): Promise<T> {
  const url = place.databaseUrl?.replace('ordinary@', 'test@');
  const store = connect(url === undefined ? bundledLocation(place.dataDirectory) : { url }, () => undefined);
  return use(store).finally(() => store.destroy());
}

/** All that lasts in a place. */
export const allOf = (place: DataPlace) =>
  look(place, async (store) => ({ rows: await contentOf(store, LASTING), shape: await shapeOf(store) }));
