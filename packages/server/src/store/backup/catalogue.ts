import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import { MIGRATION_TABLES, TABLES } from '../tables.ts';

/** A table of the server, as the database has it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Whether its rows go after a crash: such a table is not backed up. */
  readonly isFleeting: boolean;
  /** Whether rows are hidden from its owner as well, unless a workspace is named. */
  readonly isGuarded: boolean;
}

/** The server's tables that are there, without those that remember the migrations; in the order of their names. */
export async function tablesOf(db: Store): Promise<Table[]> {
  const { rows } = await sql<Table>`
    SELECT relname AS name, relpersistence = 'u' AS "isFleeting", relforcerowsecurity AS "isGuarded",
           ARRAY(SELECT attname::text FROM pg_attribute
                  WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                  ORDER BY attnum) AS columns
      FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (${TABLES})
     ORDER BY relname COLLATE "C"`.execute(db);
  return rows;
}

/** Names of all tables that a server has made. */
export async function tablesThere(db: Store): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (${[...TABLES, ...MIGRATION_TABLES]})
     ORDER BY relname COLLATE "C"`.execute(db);
  return rows.map(({ name }) => name);
}

/** Names of the migrations that a database has had, in order; none when no server has used it. */
export async function migrationsOf(db: Store): Promise<string[]> {
  const { rows: there } = await sql<{ there: boolean }>`
    SELECT to_regclass('public.kysely_migration') IS NOT NULL AS there`.execute(db);
  if (there[0]?.there !== true) return [];
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM public.kysely_migration ORDER BY name COLLATE "C"`.execute(db);
  return rows.map(({ name }) => name);
}

/** Where a column that counts has come to. */
export interface Sequence {
  readonly table: string;
  readonly column: string;
  /** The last number it gave, or the first it will give when it has not been called. */
  readonly last: string;
  readonly called: boolean;
}

/** Sequences are outside of any snapshot: asked for after one was taken, they are not behind its rows. */
export async function sequencesOf(db: Store, tables: readonly Table[]): Promise<Sequence[]> {
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    SELECT relname AS "table", attname AS "column",
           pg_get_serial_sequence(format('public.%I', relname), attname) AS sequence
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (${tables.map(({ name }) => name)})
       AND attidentity <> '' AND NOT attisdropped
     ORDER BY relname COLLATE "C", attnum`.execute(db);
  const sequences: Sequence[] = [];
  for (const { table, column, sequence } of rows) {
    // The database has quoted the name itself.
    const { rows: state } = await sql<{ last: string; called: boolean }>`
      SELECT last_value::text AS last, is_called AS called FROM ${sql.raw(sequence)}`.execute(db);
    sequences.push({ table, column, last: '1', called: false, ...state[0] });
  }
  return sequences;
}

/** Whether the user sees rows of all workspaces. */
export async function isAboveRules(db: Store): Promise<boolean> {
  const { rows } = await sql<{ above: boolean }>`
    SELECT rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = current_user`.execute(db);
  return rows[0]?.above === true;
}
