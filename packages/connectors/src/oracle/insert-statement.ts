import { mergeStatement } from '../sql/merge-statement.ts';
import type { InsertRequest } from '../sql/sql-connection.ts';
import { insertStatement, quoteColumns } from '../sql/statements.ts';
import { dialect } from './dialect.ts';

/**
 * The statement that writes one row, which is run for each of them in one trip.
 * @returns text, and how many parameters for what is returned stand behind those of the row
 */
export function rowStatement(request: InsertRequest): { readonly text: string; readonly out: number } {
  const { columns, onConflict, returning } = request;
  const one = { ...request, rows: [columns.map(() => null)] };
  // A MERGE gives nothing back (before 23ai).
  if (onConflict !== 'fail' && columns.length > 0) {
    const source = ([values = []]: readonly (readonly string[])[], names: readonly string[]): string =>
      `(SELECT ${names.map((name, i) => `${values[i]} AS ${name}`).join(', ')} FROM DUAL) s`;
    return { text: mergeStatement(dialect, one, { source }).text, out: 0 };
  }
  const places = returning.map((_, i) => `:${columns.length + i + 1}`);
  const given = returning.map(
    (column) => dialect.selected?.(dialect.quote(column.name), column) ?? quoteColumns(dialect, [column]),
  );
  const after = places.length === 0 ? '' : `RETURNING ${given.join(', ')} INTO ${places.join(', ')}`;
  return { text: insertStatement(dialect, one, { after }).text, out: places.length };
}
