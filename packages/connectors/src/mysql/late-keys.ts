import { ConnectionError } from '../connection-error.ts';
import type { TableName } from '../schema/schema.ts';
import { quoteTable } from '../sql/statements.ts';
import { dialect } from './dialect.ts';
import { quotedText } from './literal-of.ts';
import type { Query } from './query.ts';

/** `foreign_key_checks` is of the session: nobody else goes without. */
export const KEYS_OFF = 'SET SESSION foreign_key_checks = 0';
export const KEYS_ON = 'SET SESSION foreign_key_checks = 1';

/**
 * Neither MySQL nor MariaDB puts the check of a foreign key off to the end of a transaction. They can be told not to check at all, so what
 * they would have said is found out here: rows that lead to none are looked for in each key from and to some tables. The rows are
 * locked, so that nobody takes away what they lead to, or comes to lead to what is gone, before the transaction ends.
 * @throws ConnectionError constraint
 */
export async function checkKeys(query: Query, tables: readonly TableName[]): Promise<void> {
  if (tables.length === 0) return;
  const wanted = tables.map(({ schema, name }) => `(${quotedText(schema)}, ${quotedText(name)})`).join(', ');
  const lines = await query(FOREIGN_KEYS.replaceAll(':wanted', () => wanted));
  for (const parts of Map.groupBy(lines, ([schema, name, key]) => JSON.stringify([schema, name, key])).values()) {
    const [[schema, name, key, , toSchema, toName] = []] = parts;
    const child = quoteTable(dialect, { schema: schema ?? '', name: name ?? '' });
    const parent = quoteTable(dialect, { schema: toSchema ?? '', name: toName ?? '' });
    const pairs = parts.map((part) => [dialect.quote(part[3] ?? ''), dialect.quote(part[6] ?? '')] as const);
    const set = pairs.map(([own]) => `c.${own} IS NOT NULL`).join(' AND ');
    const on = pairs.map(([own, other]) => `p.${other} = c.${own}`).join(' AND ');
    const lock = 'LOCK IN SHARE MODE';
    const found = await query(
      `SELECT 1 FROM ${child} c WHERE ${set} AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE ${on} ${lock}) LIMIT 1 ${lock}`,
    );
    if (found.length > 0) throw new ConnectionError('constraint', `a row breaks the rule ${key}: it leads to no row`);
  }
}

const FOREIGN_KEYS = `
  SELECT TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
    FROM information_schema.KEY_COLUMN_USAGE
   WHERE REFERENCED_TABLE_NAME IS NOT NULL
     AND ((TABLE_SCHEMA, TABLE_NAME) IN (:wanted) OR (REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME) IN (:wanted))
   ORDER BY TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`;
