import { pipeline } from 'node:stream/promises';
import { PostgresAdapter, sql } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import { migrateTo } from '../migrate.ts';
import type { Store, StoreLocation } from '../open-store.ts';
import { FUNCTIONS } from '../tables.ts';
import { BackupError } from './backup-error.ts';
import { type BackupFile, damaged } from './backup-file.ts';
import type { BlobTarget } from './blobs.ts';
import { migrationsOf, type Table, tablesOf, tablesThere } from './catalogue.ts';
import { literalsAsEverywhere } from './literals.ts';
import { type OneConnection, withOneConnection } from './one-connection.ts';
import { quoted } from './quoted.ts';
import { refuseNewer } from './write-backup.ts';

export interface LoadOptions {
  /** Whether data that is there may go. */
  readonly replace: boolean;
  readonly blobs?: BlobTarget | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/**
 * Puts a backup into a database, in one transaction: until it is committed, and when anything fails, all is as before. The
 * tables are made by the migrations that the backup had; those that came later run on its rows.
 */
export async function loadBackup(location: StoreLocation, backup: BackupFile, options: LoadOptions): Promise<void> {
  const kept: string[] = [];
  // From the commit on nobody can break it off: it could not be told whether it was in time.
  const stop = new AbortController();
  const relay = (): void => stop.abort(options.signal?.reason);
  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', relay);
  try {
    await withOneConnection(location, stop.signal, async (connection) => {
      await literalsAsEverywhere(connection.client);
      // Servers that start meanwhile wait, and then find the tables.
      await new PostgresAdapter().acquireMigrationLock(connection.db, {} as never);
      await connection.db.transaction().execute(async (tx) => {
        const within = { client: connection.client, db: tx as Store };
        await makeRoom(within.db, options.replace);
        await migrateTo(within.db, backup.manifest.migrations.at(-1) as string);
        await loadTables(within, backup, options);
        await migrateTo(within.db, undefined);
        for (const blob of backup.manifest.blobs) {
          kept.push(blob.name);
          await options.blobs?.put(blob.name, backup.openBlob(blob));
        }
        stop.signal.throwIfAborted();
        options.signal?.removeEventListener('abort', relay);
        // Bytes that nobody names do less harm than names without bytes.
        kept.length = 0;
      });
      // For plans of queries; the database would come to it by itself.
      await connection.client.query('ANALYZE').catch(() => undefined);
    });
  } catch (error) {
    for (const name of kept) await options.blobs?.remove(name).catch(() => undefined);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', relay);
  }
}

async function makeRoom(db: Store, replace: boolean): Promise<void> {
  const there = await tablesThere(db);
  if (there.length > 0) {
    if (!replace) {
      const hint = 'restore into an empty place, or give --replace to lose what is there';
      throw new BackupError('not_empty', 'there is data of DataMaker already', hint);
    }
    refuseNewer(await migrationsOf(db), 'the database has tables');
    await refuseInUse(db);
    await sql`DROP TABLE ${sql.join(there.map((name) => sql.id('public', name)))}`.execute(db);
  }
  for (const name of FUNCTIONS) await sql`DROP FUNCTION IF EXISTS ${sql.id('public', name)}()`.execute(db);
}

async function refuseInUse(db: Store): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'datamaker' AND pid <> pg_backend_pid()`.execute(db);
  if (rows[0]?.n === 0) return;
  const message = 'a server is running on what would be replaced';
  throw new BackupError('database_in_use', message, 'stop it first');
}

async function loadTables({ client, db }: OneConnection, backup: BackupFile, options: LoadOptions): Promise<void> {
  const { tables: parts, sequences } = backup.manifest;
  const tables = await tablesOf(db);
  const missing = tables.filter(({ name, isFleeting }) => !isFleeting && !parts.some((part) => part.name === name));
  const unknown = parts.filter(({ name }) => !tables.some((table) => table.name === name));
  if (missing.length > 0 || unknown.length > 0) {
    throw damaged(`its tables are not those of its migrations: ${[...missing, ...unknown].map(({ name }) => name)}`);
  }
  const restoreRules = await suspendRules(db, tables);
  let bytes = 0;
  for (const part of parts) {
    const columns = part.columns.map(quoted).join(', ');
    const stream = client.query(copyFrom(`COPY public.${quoted(part.name)} (${columns}) FROM STDIN`));
    const source = backup.openTable(part);
    source.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      options.onProgress?.(bytes);
    });
    await pipeline(source, stream, options.signal === undefined ? {} : { signal: options.signal });
    if (stream.rowCount !== part.rows) throw damaged(`${part.name} has ${stream.rowCount} rows, not ${part.rows}`);
  }
  for (const { table, column, last, called } of sequences) {
    await sql`
      SELECT setval(pg_get_serial_sequence(${`public.${quoted(table)}`}, ${column}), ${last}::bigint, ${called})`.execute(
      db,
    );
  }
  await restoreRules();
}

/**
 * Lets rows in as they were: without triggers that guard changes by people, in any order of tables, and by an owner whom the rules
 * of rows hold for. @returns what puts all of it back, and checks references once for all rows
 */
async function suspendRules(db: Store, tables: readonly Table[]): Promise<() => Promise<void>> {
  const { rows: references } = await sql<{ table: string; name: string; definition: string }>`
    SELECT relname AS "table", conname AS name, pg_get_constraintdef(pg_constraint.oid) AS definition
      FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
     WHERE contype = 'f' AND relnamespace = 'public'::regnamespace AND relname = ANY (${tables.map(({ name }) => name)})
     ORDER BY pg_constraint.oid`.execute(db);
  const alter = (table: string, change: string): Promise<unknown> =>
    sql.raw(`ALTER TABLE public.${quoted(table)} ${change}`).execute(db);
  for (const { table, name } of references) await alter(table, `DROP CONSTRAINT ${quoted(name)}`);
  for (const { name, isGuarded } of tables) {
    await alter(name, 'DISABLE TRIGGER USER');
    if (isGuarded) await alter(name, 'NO FORCE ROW LEVEL SECURITY');
  }
  return async () => {
    for (const { table, name, definition } of references) {
      await alter(table, `ADD CONSTRAINT ${quoted(name)} ${definition}`);
    }
    for (const { name, isGuarded } of tables) {
      await alter(name, 'ENABLE TRIGGER USER');
      if (isGuarded) await alter(name, 'FORCE ROW LEVEL SECURITY');
    }
  };
}
