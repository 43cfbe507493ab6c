import type { ForeignKey, Table, TableName } from '@datamaker/connectors';
import { nullableColumns, orderTables, type TableOrder } from '../plan/order-tables.ts';
import { tableId } from '../plan/table-id.ts';

export interface CopyOrder {
  readonly order: TableOrder;
  /** The tables that were given, with keys deferrable that are made so. */
  readonly tables: readonly Table[];
  /** Keys in circles that neither nulls nor the database's own lateness cut. */
  readonly late: readonly { readonly table: Table; readonly key: ForeignKey }[];
}

/** Orders tables so that parents come before children, whatever circles there are. */
export function orderForCopy(given: readonly Table[]): CopyOrder {
  const late: { readonly table: Table; readonly key: ForeignKey }[] = [];
  for (const table of given) {
    for (const key of table.foreignKeys) {
      if (isSelf(table, key) && !key.isDeferrable && nullAtFirst(table, key).length === 0) late.push({ table, key });
    }
  }
  for (const circle of orderTables(given).stuck) {
    const inside = new Set(circle.map(tableId));
    for (const table of circle) {
      for (const key of table.foreignKeys) {
        if (inside.has(tableId(key.to)) && !isSelf(table, key)) late.push({ table, key });
      }
    }
  }
  const keys = new Set(late.map(({ key }) => key));
  const tables = given.map((table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) => (keys.has(key) ? { ...key, isDeferrable: true } : key)),
  }));
  return { order: orderTables(tables), tables, late };
}

/** Columns of a table that are null until all rows are there. Keys that are checked at the end of the transaction need none. */
export function laterColumns(table: Table, { later }: TableOrder): readonly string[] {
  const cut = later.get(tableId(table)) ?? new Set<ForeignKey>();
  const keys = table.foreignKeys.filter((key) => !key.isDeferrable && (cut.has(key) || isSelf(table, key)));
  return [...new Set(keys.flatMap((key) => nullAtFirst(table, key)))];
}

/** Keys as the destination calls them. */
export function loosen(
  late: CopyOrder['late'],
  destination: readonly Table[],
): readonly { readonly table: TableName; readonly name: string }[] {
  return late.flatMap(({ table, key }) => {
    const twin = destination
      .find((other) => tableId(other) === tableId(table))
      ?.foreignKeys.find((other) => sayColumns(other) === sayColumns(key));
    const { schema, name } = table;
    return twin === undefined || twin.isDeferrable ? [] : [{ table: { schema, name }, name: twin.name }];
  });
}

const sayColumns = ({ columns, to, toColumns }: ForeignKey): string =>
  JSON.stringify([columns, tableId(to), toColumns]);
const isSelf = (table: Table, { to }: ForeignKey): boolean => tableId(table) === tableId(to);
const nullAtFirst = (table: Table, key: ForeignKey): readonly string[] =>
  table.primaryKey === null ? [] : nullableColumns(table, key);
