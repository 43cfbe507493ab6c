import type { ForeignKey, Table, TableName } from '@datamaker/connectors';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quoteTable = ({ schema, name }: TableName): string => `${quote(schema)}.${quote(name)}`;

/** Rows whose key leads to none, counted; none of their columns is null. */
export function orphansText(table: Table, { columns, to, toColumns }: ForeignKey): string {
  const on = columns.map((column, i) => `p.${quote(toColumns[i] ?? '')} = c.${quote(column)}`).join(' AND ');
  const set = columns.map((column) => `c.${quote(column)} IS NOT NULL`).join(' AND ');
  return `SELECT count(*) AS orphans FROM ${quoteTable(table)} c WHERE ${set} AND NOT EXISTS (SELECT 1 FROM ${quoteTable(to)} p WHERE ${on})`;
}

/** Has a foreign key checked at the end of a transaction, or at once again. */
export const deferText = (table: TableName, key: string, isLate: boolean): string =>
  `ALTER TABLE ${quoteTable(table)} ALTER CONSTRAINT ${quote(key)} ${isLate ? '' : 'NOT '}DEFERRABLE`;

/** Removes all rows of tables at once, so that none refers to another that is gone. */
export const truncateText = (tables: readonly TableName[]): string => `TRUNCATE ${tables.map(quoteTable).join(', ')}`;

/**
 * What tells a database from all others, however it is reached. A server has one moment at which it was started; two of them have the same
 * microsecond and number of the database by no chance that counts.
 */
export const IDENTITY = `
  SELECT d.oid::text || ' ' || to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') AS identity
    FROM pg_database d WHERE d.datname = current_database()`;
