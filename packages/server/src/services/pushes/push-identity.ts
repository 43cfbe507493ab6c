import type { Table, TableName } from '@datamaker/connectors';
import type { PushIdentity } from '../../store/push-receipt-table.ts';
import type { ColumnMapping } from '../connections/column-mapping.ts';
import { isDescribed } from '../connections/connection-data.ts';

/**
 * What tells rows of a push apart in the system: the columns that somebody named, a unique key whose values come from the template, or
 * the primary key that the system makes.
 * @returns undefined: nothing does
 */
export function identityOf(
  table: Table | TableName,
  columns: ColumnMapping,
  key: readonly string[] | undefined,
): PushIdentity | undefined {
  const given = new Set(Object.values(columns));
  const isGiven = (names: readonly string[]): boolean => names.every((name) => given.has(name));
  if (!isDescribed(table)) return undefined;
  const { primaryKey, uniqueKeys } = table;
  const nullable = new Set(table.columns.filter((column) => column.nullable).map(({ name }) => name));
  const keys = [
    ...(primaryKey === null ? [] : [primaryKey.columns]),
    // Rows with null in it, or beside its condition, are not told apart.
    ...uniqueKeys
      .filter((one) => one.condition === null && !one.columns.some((name) => nullable.has(name)))
      .map((one) => one.columns),
  ].filter((names) => names.length > 0);
  const named = key === undefined ? undefined : keys.find((names) => isSame(names, key));
  const known = [named, ...keys].find((names) => names !== undefined && isGiven(names));
  if (known !== undefined) return { columns: known, by: 'template' };
  return primaryKey === null || primaryKey.columns.length === 0
    ? undefined
    : { columns: primaryKey.columns, by: 'system' };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));
