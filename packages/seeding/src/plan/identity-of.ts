import type { Table } from '@datamaker/connectors';

/** What tells rows of a table apart: the primary key, or a unique key of columns that are never null; empty: nothing. */
export function identityOf({ primaryKey, uniqueKeys, columns }: Table): readonly string[] {
  if (primaryKey !== null) return primaryKey.columns;
  const isNullable = (name: string): boolean => columns.some((column) => column.name === name && column.nullable);
  const found = uniqueKeys.find((key) => key.condition === null && !key.columns.some(isNullable));
  return found?.columns ?? [];
}
