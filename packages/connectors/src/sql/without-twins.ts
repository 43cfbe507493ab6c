import { keysOf } from './merge-statement.ts';
import type { InsertRequest, RawRows } from './sql-connection.ts';

/**
 * Rows of a `skip` without those whose key another row before them has: `MERGE` looks for rows in the table only.
 * @param textOf what a value as the driver takes it is as text, the same for values that are the same
 */
export function withoutTwins(request: InsertRequest, textOf: (value: unknown) => string): RawRows {
  const { columns, rows, onConflict, key } = request;
  // Rows of a batch differ in a key that was named.
  if (onConflict !== 'skip' || key.length > 0) return rows;
  const keys = keysOf(request).map((one) => ({
    places: one.map((column) => columns.indexOf(column)),
    seen: new Set(),
  }));
  return rows.filter((row) => {
    const ids = keys.map(({ places, seen }) => {
      const parts = places.map((place) => row[place]);
      const id = parts.some((part) => part === null) ? undefined : JSON.stringify(parts.map(textOf));
      return { id, seen };
    });
    if (ids.some(({ id, seen }) => id !== undefined && seen.has(id))) return false;
    for (const { id, seen } of ids) seen.add(id);
    return true;
  });
}
