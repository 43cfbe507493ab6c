import type { Table } from '@datamaker/connectors';
import { tableId } from './table-id.ts';

/** By table, the columns that foreign keys refer to. */
export function referencedColumns(tables: readonly Table[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { foreignKeys } of tables) {
    for (const { to, toColumns } of foreignKeys) {
      const id = tableId(to);
      const names = found.get(id) ?? new Set();
      for (const name of toColumns) names.add(name);
      found.set(id, names);
    }
  }
  return found;
}
