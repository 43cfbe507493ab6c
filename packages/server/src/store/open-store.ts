import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { migrations } from './migrations/index.ts';
import type { Schema } from './schema.ts';

export type Store = Kysely<Schema>;

/** Where the database is: a connection string, or a unix socket. */
export type StoreLocation =
  | { readonly url: string }
  | { readonly socketDirectory: string; readonly port: number; readonly user: string; readonly password: string };

/** Opens the database and brings its tables up to date. */
export async function openStore(location: StoreLocation, onError: (error: Error) => void): Promise<Store> {
  const common = { max: 10, connectionTimeoutMillis: 10_000, application_name: 'datamaker' };
  const config: pg.PoolConfig =
    'url' in location
      ? { ...common, connectionString: location.url }
      : {
          ...common,
          host: location.socketDirectory,
          port: location.port,
          user: location.user,
          password: location.password,
          database: 'postgres',
        };
  const pool = new pg.Pool(config);
  // An idle connection that breaks is replaced on next use.
  pool.on('error', onError);
  // One that breaks while it is in use fails its query; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const store = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(store);
  } catch (error) {
    await store.destroy();
    throw error;
  }
  return store;
}

/** Asks the database for an answer. @throws when it gives none */
export async function pingStore(store: Store): Promise<void> {
  await sql`SELECT 1`.execute(store);
}

/** Kysely takes an advisory lock meanwhile, so servers that start together wait for each other. */
async function migrate(store: Store): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`SHOW server_encoding`.execute(store);
  const encoding = rows[0]?.server_encoding;
  // Others hold only some characters, or do not know what they hold.
  if (encoding !== 'UTF8') throw new Error(`its encoding is ${encoding}: make one with ENCODING 'UTF8'`);
  const migrator = new Migrator({ db: store, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) {
    throw new Error('a newer DataMaker has changed its tables: use that one', { cause: error });
  }
  if (error !== undefined) throw error;
}
