import type { TableName } from '../schema/schema.ts';
import { dialect } from './dialect.ts';
import type { Query } from './query.ts';

interface Missing {
  readonly schema: string;
  readonly name: string;
  readonly index: string;
  readonly columns: readonly string[];
}

/** Waiting for those who write holds up those who come after. */
const LOCK_TIMEOUT = '3s';

/**
 * Makes indexes on the columns of foreign keys that have none. For each row that is removed PostgreSQL looks for rows that refer to it by
 * itself (documentation 5.4.5, "Foreign Keys"): without an index it reads the whole table, with all rows that were removed before.
 * @param tables from which rows are going to be removed
 * @param isInTransaction whether one is open: an index is then seen by nobody else, and gone when nothing is kept
 * @returns removes them again
 */
export async function indexReferences(
  query: Query,
  tables: readonly TableName[],
  isInTransaction: boolean,
): Promise<() => Promise<void>> {
  const names = tables.map(({ schema, name }) => `${dialect.quote(schema)}.${dialect.quote(name)}`);
  const missing = names.length === 0 ? [] : await query<Missing>(MISSING, [names]);
  const made: string[] = [];
  for (const { schema, name, index, columns } of missing) {
    const on = `${dialect.quote(schema)}.${dialect.quote(name)} (${columns.map((one) => dialect.quote(one)).join(', ')})`;
    const isMade = await attempt(query, `CREATE INDEX IF NOT EXISTS ${dialect.quote(index)} ON ${on}`, isInTransaction);
    if (isMade) made.push(`${dialect.quote(schema)}.${dialect.quote(index)}`);
  }
  return async () => {
    if (made.length === 0) return;
    // What waits for the end of the transaction is in the way of changing a table.
    if (isInTransaction) await query('SET CONSTRAINTS ALL IMMEDIATE');
    await query(`DROP INDEX IF EXISTS ${made.join(', ')}`);
  };
}

/** Does something that may be refused: to who does not own the table, or while others write. @returns whether it was done */
async function attempt(query: Query, statement: string, isInTransaction: boolean): Promise<boolean> {
  const [before] = await query<{ timeout: string }>(`SELECT current_setting('lock_timeout') AS timeout`);
  const setTimeout = `SELECT set_config('lock_timeout', $1, ${isInTransaction})`;
  if (isInTransaction) await query('SAVEPOINT datamaker_index');
  try {
    await query(setTimeout, [LOCK_TIMEOUT]);
    await query(statement);
    return true;
  } catch (error) {
    // Not of the server: the connection broke.
    if (!/^[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code))) throw error;
    if (isInTransaction) await query('ROLLBACK TO SAVEPOINT datamaker_index');
    return false;
  } finally {
    await query(setTimeout, [before?.timeout ?? '0']).catch(() => undefined);
  }
}

/**
 * Foreign keys without an index that begins with one of their columns, of tables of more than a few pages. One that was made here and is still there,
 * since a connection died, is none: it is taken and removed.
 */
const MISSING = `
  SELECT n.nspname AS schema, r.relname AS name, 'datamaker_undo_' || c.oid AS index,
         (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY AS k (num, n)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) AS columns
    FROM pg_constraint c
    JOIN pg_class r ON r.oid = c.conrelid
    JOIN pg_namespace n ON n.oid = r.relnamespace
   WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = ANY (SELECT to_regclass(name) FROM unnest($1::text[]) AS t (name))
     AND (r.relkind = 'p' OR pg_relation_size(r.oid) > 131072)
     AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
                      WHERE i.indrelid = r.oid AND i.indisvalid AND i.indpred IS NULL AND i.indkey[0] = ANY (c.conkey)
                        AND NOT starts_with(ic.relname, 'datamaker_undo_'))
   ORDER BY 1, 2, 3`;
