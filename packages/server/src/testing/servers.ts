import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from '../start-server.ts';
import { startServer } from '../start-server.ts';
import { connect, openStore, type Store, type StoreLocation } from '../store/open-store.ts';
import { Cluster } from '../store/postgres/cluster.ts';
import { Client } from './client.ts';
import { startExternalPostgres } from './external-postgres.ts';
import { copyStore } from './store-templates.ts';
import { tries } from './tries.ts';

/** The stores that the server runs on; tests of what it stores run on each. */
export const STORES = ['bundled', 'external'] as const;
export type StoreKind = (typeof STORES)[number];

/** For tests of what costs time and hardly meets the store (sandboxes, systems, files): one store in every run, each with FULL=1. */
export const A_STORE: readonly StoreKind[] = STORES.slice(0, tries(1, STORES.length));

export interface TestServer {
  /** Holds the owner's key. */
  readonly client: Client;
  readonly key: string;
  readonly dataDirectory: string;
  /** Where its database is, when that is an external one. */
  readonly databaseUrl: string | undefined;
  /** A second way into the server's database, which sees all of it. */
  openDatabase(): Promise<Store>;
  close(): Promise<void>;
}

/** Starts a server in a folder of its own, on a free port, with an owner's key in its client. */
export async function startOn(kind: StoreKind, options: ServerOptions = {}): Promise<TestServer> {
  const dataDirectory = temporaryFolder();
  const postgres = kind === 'external' ? await startExternalPostgres() : undefined;
  const databaseUrl = await postgres?.createStore();
  if (kind === 'bundled') await bundle(dataDirectory);
  const server = await startServer(
    quietly({ ...options, dataDirectory, ...(databaseUrl === undefined ? {} : { databaseUrl }) }),
  );
  const location = databaseUrl === undefined ? bundledLocation(dataDirectory) : { url: databaseUrl };
  return {
    client: new Client(server.url, server.newKey),
    key: server.newKey ?? '',
    dataDirectory,
    databaseUrl,
    openDatabase: async () => connect(location, () => undefined),
    close: async () => {
      await server.close();
      await postgres?.stop();
      removeFolder(dataDirectory);
    },
  };
}

/** Puts a bundled PostgreSQL into a data directory that has none, with the tables of the newest version. */
export async function bundle(dataDirectory: string): Promise<void> {
  await copyStore('bundled', 'of the lockfile', makeBundled, join(dataDirectory, POSTGRES));
  copyFileSync(join(dataDirectory, POSTGRES, PASSWORD), join(dataDirectory, PASSWORD));
  rmSync(join(dataDirectory, POSTGRES, PASSWORD));
}

const POSTGRES = 'postgres';
const PASSWORD = 'postgres.password';

async function makeBundled(): Promise<string> {
  const folder = temporaryFolder();
  const cluster = await Cluster.start(folder, () => undefined);
  await (await openStore(cluster.location, () => undefined)).destroy();
  await cluster.stop();
  const made = `${folder}.data`;
  renameSync(join(folder, POSTGRES), made);
  renameSync(join(folder, PASSWORD), join(made, PASSWORD));
  removeFolder(folder);
  return made;
}

/** An index that nobody reaches: tests that want packages make one of their own. */
const NO_INDEX = 'http://127.0.0.1:1/simple';

/** On a free port, with nothing of what clients do wrong in the log, and with no packages but those of the host. */
export const quietly = (options: ServerOptions): ServerOptions => ({
  port: 0,
  environments: { index: NO_INDEX, preinstalled: false },
  logLevel: 'fatal',
  graceMs: 100,
  ...options,
});

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'datamaker-test-'));

export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true });

/** The bundled PostgreSQL of a data directory, as its lock file tells: process and place. */
export function bundledPostgres(dataDirectory: string): { pid: number; socketDirectory: string } {
  const lines = readFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return { pid: Number(lines[0]), socketDirectory: lines[4] ?? '' };
}

/** Where the bundled PostgreSQL of a data directory answers. */
export function bundledLocation(dataDirectory: string): StoreLocation {
  const { socketDirectory } = bundledPostgres(dataDirectory);
  const password = readFileSync(join(dataDirectory, 'postgres.password'), 'utf8').trim();
  return { socketDirectory, port: 5432, user: 'datamaker', password };
}
