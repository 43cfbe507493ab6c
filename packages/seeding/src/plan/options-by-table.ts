import type { DatabaseSchema, Table } from '@datamaker/connectors';
import { SeedError } from '../seed-error.ts';
import type { SeedOptions, TableOptions } from './seed-options.ts';
import { tableId } from './table-id.ts';

/** What is said of tables, by their ids. @throws SeedError unknown_table */
export function optionsByTable({ tables }: DatabaseSchema, options: SeedOptions): ReadonlyMap<string, TableOptions> {
  return new Map(
    Object.entries(options.tables ?? {}).map(([name, given]) => {
      const found = tables.filter((table) => tableId(table) === name || table.name === name);
      if (found.length === 1) return [tableId(found[0] as Table), given];
      const message =
        found.length === 0 ? `there is no table ${JSON.stringify(name)}` : `several tables are called ${name}`;
      throw new SeedError('unknown_table', message, `there are: ${tables.map(tableId).slice(0, 30).join(', ')}`);
    }),
  );
}
