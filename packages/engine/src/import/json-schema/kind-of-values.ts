import type { ColumnKind } from '../imported-column.ts';

/** The kind of column that holds some values. */
export function kindOfValues(values: readonly unknown[]): ColumnKind {
  if (values.length > 0 && values.every((value) => Number.isSafeInteger(value))) return 'integer';
  return values.length > 0 && values.every((value) => typeof value === 'number') ? 'decimal' : 'text';
}
