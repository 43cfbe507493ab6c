import type { Table } from '../schema/schema.ts';
import type { Query } from './query.ts';

/** What statements need to know of a table besides what is told of it. */
export interface TableFacts {
  /** Whether COPY may write into it: not under row level security, and not into a view. */
  readonly takesCopy: boolean;
  /** What a text is cast to, by the name of the column: its type without a length, so that a value too long is refused and not cut. */
  readonly casts: ReadonlyMap<string, string>;
  /** Columns that are computed from others: none takes a value. */
  readonly computed: ReadonlySet<string>;
}

export async function readTableFacts(query: Query, { schema, name }: Table): Promise<TableFacts> {
  const rows = await query<{ column: string; cast: string; takes_copy: boolean; computed: boolean }>(FACTS, [
    schema,
    name,
  ]);
  return {
    takesCopy: rows[0]?.takes_copy ?? false,
    casts: new Map(rows.map(({ column, cast }) => [column, cast])),
    computed: new Set(rows.filter(({ computed }) => computed).map(({ column }) => column)),
  };
}

/** With -1 a type is written so that a cast to it has no length: `"bit"` and `bpchar`, where `bit` would be `bit(1)`. */
const FACTS = `
  SELECT a.attname AS column, format_type(a.atttypid, -1) AS cast, a.attgenerated <> '' AS computed,
         c.relkind IN ('r', 'p', 'f') AND NOT row_security_active(c.oid) AS takes_copy
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped`;
