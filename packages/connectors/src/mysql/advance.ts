import type { Column, Table } from '../schema/schema.ts';
import { quoteTable } from '../sql/statements.ts';
import { dialect } from './dialect.ts';
import { quotedText } from './literal-of.ts';
import type { Query } from './query.ts';
import type { ServerFacts } from './server-facts.ts';

/** Waiting for those who write holds up those who come after. */
const WAIT_S = 3;

/**
 * See `Session.advance`. The counter follows rows that bring their own numbers, but only as they come: whoever inserts beside them would take
 * the next. Changing the counter changes nothing but the table's description, and needs the right to do that; where it is refused, or
 * others hold the table, the counter is left to follow.
 */
export async function advance(
  query: Query,
  { isMariaDb }: ServerFacts,
  table: Table,
  column: Column,
  last: bigint,
): Promise<void> {
  if (column.generated !== 'by_default') return;
  // MySQL 8 answers with what it knew a day ago, unless told.
  if (!isMariaDb) await query('SET SESSION information_schema_stats_expiry = 0').catch(() => undefined);
  const at = `TABLE_SCHEMA = ${quotedText(table.schema)} AND TABLE_NAME = ${quotedText(table.name)}`;
  const [[next] = []] = await query(`SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE ${at}`);
  if (next === null || next === undefined || BigInt(next) > last) return;
  const [[before] = []] = await query('SELECT @@SESSION.lock_wait_timeout');
  await query(`SET SESSION lock_wait_timeout = ${WAIT_S}`);
  try {
    await query(
      `ALTER TABLE ${quoteTable(dialect, table)} AUTO_INCREMENT = ${last + 1n}, ALGORITHM = INPLACE, LOCK = NONE`,
    );
  } catch (error) {
    // Not of the server: the connection broke.
    if (typeof (error as { errno?: unknown }).errno !== 'number') throw error;
  } finally {
    await query(`SET SESSION lock_wait_timeout = ${Number(before)}`).catch(() => undefined);
  }
}
