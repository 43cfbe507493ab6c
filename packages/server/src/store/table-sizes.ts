import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import { TABLES } from './tables.ts';

/** About how many rows a table has, as the database believes, and how many bytes with its indexes. */
export interface TableSize {
  readonly rows: number;
  readonly bytes: number;
}

/** Of the tables that a server has made, by their names. It reads the catalogue and no row of anybody. */
export async function tableSizes(store: Store): Promise<Readonly<Record<string, TableSize>>> {
  const { rows } = await sql<{ name: string; rows: string; bytes: string }>`
    SELECT relname AS name, greatest(0, reltuples)::bigint AS rows, pg_total_relation_size(oid) AS bytes
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY (${TABLES})
     ORDER BY relname COLLATE "C"`.execute(store);
  return Object.fromEntries(rows.map(({ name, rows, bytes }) => [name, { rows: Number(rows), bytes: Number(bytes) }]));
}
