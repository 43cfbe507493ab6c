import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { configOf } from './config-of.ts';
import { migrateTo } from './migrate.ts';
import { prepareMarked } from './prepared.ts';
import { QUEUE_SCHEMA, RunQueue } from './queue/run-queue.ts';
import type { Schema } from './schema.ts';

export type Store = Kysely<Schema>;

/** Where the database is: a connection string, or a unix socket. */
export type StoreLocation =
  | { readonly url: string }
  | { readonly socketDirectory: string; readonly port: number; readonly user: string; readonly password: string };

/** Opens the database for the server, as a role that rows of other workspaces stay hidden from, its tables up to date. */
export async function openStore(location: StoreLocation, onError: (error: Error) => void): Promise<Store> {
  const owner = connect(location, onError);
  const role = await prepare(owner, location).finally(() => owner.destroy());
  return connect(location, onError, role);
}

/** Most connections of a store: ADR 91 says who needs how many of them. */
export const MOST_CONNECTIONS = 10;

/** Opens the database as whoever the location names, who may see all of it: for migrations, backups and tests. */
export function connect(location: StoreLocation, onError: (error: Error) => void, role?: string): Store {
  const pool = new pg.Pool({ ...configOf(location, 'datamaker'), max: MOST_CONNECTIONS });
  // An idle connection that breaks is replaced on next use.
  pool.on('error', onError);
  // One that breaks while it is in use fails its query; without a listener it would end the process as well.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    // Between here and a database of somebody's own there may be a pooler that gives each transaction another session.
    if (!('url' in location)) prepareMarked(client);
    // The first query of a connection: those that follow wait for it, and a connection on which it fails is of no use.
    if (role !== undefined) client.query(`SET ROLE ${role}`).catch(() => client.end().catch(() => undefined));
  });
  const store = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  POOLS.set(store, pool);
  return store;
}

const POOLS = new WeakMap<Store, pg.Pool>();

/** How many connections a store has, how many of them nobody uses, and how many queries wait for one. */
export function connectionsOf(store: Store): {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
} {
  const pool = POOLS.get(store);
  return { open: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}

/** Of the database cluster; what it may do in a database is granted there. */
export const SERVER_ROLE = 'datamaker_server';

/** Brings the tables up to date. @returns the role to work as, where the user is above the rules of rows */
async function prepare(owner: Store, location: StoreLocation): Promise<string | undefined> {
  await migrateTo(owner, undefined);
  // Two servers that start together would both make the queue.
  await owner.connection().execute(async (held) => {
    await sql`SELECT pg_advisory_lock(${QUEUE_LOCK}::bigint)`.execute(held);
    await RunQueue.install(held, location).finally(() =>
      sql`SELECT pg_advisory_unlock(${QUEUE_LOCK}::bigint)`.execute(held),
    );
  });
  const { rows } = await sql<{ above: boolean }>`
    SELECT rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = current_user`.execute(owner);
  if (rows[0]?.above !== true) return undefined;
  const role = sql.id(SERVER_ROLE);
  await sql`
    DO $$ BEGIN CREATE ROLE ${role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`.execute(
    owner,
  );
  // Two servers that start together would change the same rows of the catalogue.
  await owner.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${GRANT_LOCK}::bigint)`.execute(tx);
    await sql`GRANT USAGE ON SCHEMA public TO ${role}`.execute(tx);
    await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`.execute(tx);
    await sql`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role}`.execute(tx);
    await sql`REVOKE UPDATE, DELETE ON audit_entry FROM ${role}`.execute(tx);
    const queue = sql.id(QUEUE_SCHEMA);
    await sql`GRANT USAGE ON SCHEMA ${queue} TO ${role}`.execute(tx);
    await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${queue} TO ${role}`.execute(tx);
  });
  return SERVER_ROLE;
}

/** Any number will do, as long as nothing else in the database uses it. */
const GRANT_LOCK = 4_715_208_132n;
const QUEUE_LOCK = 4_715_208_134n;

/** Asks the database for an answer. @throws when it gives none */
export async function pingStore(store: Store): Promise<void> {
  await sql`SELECT 1`.execute(store);
}
