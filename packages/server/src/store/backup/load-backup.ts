import { addAbortSignal } from 'node:stream';
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
import { removeUnreadable } from './remove-unreadable.ts';
import { refuseNewer } from './write-backup.ts';

export interface LoadOptions {
  /** Whether data that is there may go. */
  readonly replace: boolean;
  readonly blobs: BlobTarget;
  /** Ids of master keys that are lost: what only they open is removed. */
  readonly lostMasterKeys: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/**
 * Puts a backup into a database, in one transaction: until it is committed, and when anything fails, all is as before. The
 * tables are made by the migrations that the backup had; those that came later run on its rows.
 * @returns how many secrets were removed because nobody can open them
 */
export async function loadBackup(
  location: StoreLocation,
  backup: BackupFile,
  options: LoadOptions,
): Promise<{ lostSecrets: number }> {
  let lostSecrets = 0;
  /** Bytes that are there because of this. */
  const made: string[] = [];
  /** Bytes of what was there before. */
  const replaced: string[] = [];
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
        const old = await makeRoom(within.db, options.replace);
        await migrateTo(within.db, backup.manifest.migrations.at(-1) as string);
        const note = counter(options.onProgress);
        await loadTables(within, backup, note, options.signal);
        await migrateTo(within.db, undefined);
        lostSecrets = await removeUnreadable(within.db, options.lostMasterKeys);
        for (const blob of backup.manifest.blobs) {
          const bytes = addAbortSignal(stop.signal, backup.openBlob(blob));
          // It may be broken off when nobody reads it any more.
          bytes.on('error', () => undefined);
          if (await options.blobs.put(blob, bytes)) made.push(blob.name);
          // Those that were there already were not read.
          bytes.destroy();
          note(blob.bytes);
        }
        stop.signal.throwIfAborted();
        options.signal?.removeEventListener('abort', relay);
        // Bytes that nobody names do less harm than names without bytes.
        made.length = 0;
        const named = new Set(backup.manifest.blobs.map(({ name }) => name));
        replaced.push(...old.filter((name) => !named.has(name)));
      });
      // For plans of queries; the database would come to it by itself.
      await connection.client.query('ANALYZE').catch(() => undefined);
      for (const name of replaced) await options.blobs.remove(name).catch(() => undefined);
    });
    return { lostSecrets };
  } catch (error) {
    for (const name of made) await options.blobs.remove(name).catch(() => undefined);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', relay);
  }
}

/** @returns names of bytes that the rows which go have named */
async function makeRoom(db: Store, replace: boolean): Promise<string[]> {
  const there = await tablesThere(db);
  let named: string[] = [];
  if (there.length > 0) {
    if (!replace) {
      const hint = 'restore into an empty place, or give --replace to lose what is there';
      throw new BackupError('not_empty', 'there is data of DataMaker already', hint);
    }
    refuseNewer(await migrationsOf(db), 'the database has tables');
    await refuseInUse(db);
    if (there.includes('file_blob')) named = await blobsNamed(db);
    await sql`DROP TABLE ${sql.join(there.map((name) => sql.id('public', name)))}`.execute(db);
  }
  for (const name of FUNCTIONS) await sql`DROP FUNCTION IF EXISTS ${sql.id('public', name)}()`.execute(db);
  return named;
}

async function blobsNamed(db: Store): Promise<string[]> {
  // The rows of all workspaces, whoever owns the table.
  await sql`ALTER TABLE public.file_blob NO FORCE ROW LEVEL SECURITY`.execute(db);
  const { rows } = await sql<{ name: string }>`
    SELECT workspace_id || '/' || id AS name FROM public.file_blob`.execute(db);
  return rows.map(({ name }) => name);
}

/** Tells how many bytes there were so far. */
function counter(onProgress: LoadOptions['onProgress']): (more: number) => void {
  let bytes = 0;
  return (more) => {
    bytes += more;
    onProgress?.(bytes);
  };
}

/** Connections of a server that has just ended are seen a moment longer. */
const ATTEMPTS = 10;

async function refuseInUse(db: Store): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'datamaker' AND pid <> pg_backend_pid()`.execute(db);
    if (rows[0]?.n === 0) return;
    // What the query saw is kept until the transaction ends, unless it is told otherwise.
    await sql`SELECT pg_stat_clear_snapshot(), pg_sleep(0.1)`.execute(db);
  }
  const message = 'a server is running on what would be replaced';
  throw new BackupError('database_in_use', message, 'stop it first');
}

async function loadTables(
  { client, db }: OneConnection,
  backup: BackupFile,
  note: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { tables: parts, sequences } = backup.manifest;
  const tables = await tablesOf(db);
  const missing = tables.filter(({ name, isFleeting }) => !isFleeting && !parts.some((part) => part.name === name));
  const unknown = parts.filter(({ name }) => !tables.some((table) => table.name === name));
  if (missing.length > 0 || unknown.length > 0) {
    throw damaged(`its tables are not those of its migrations: ${[...missing, ...unknown].map(({ name }) => name)}`);
  }
  const restoreRules = await suspendRules(db, tables);
  for (const part of parts) {
    const columns = part.columns.map(quoted).join(', ');
    const stream = client.query(copyFrom(`COPY public.${quoted(part.name)} (${columns}) FROM STDIN`));
    const source = backup.openTable(part);
    source.on('data', (chunk: Buffer) => note(chunk.length));
    await pipeline(source, stream, signal === undefined ? {} : { signal });
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
