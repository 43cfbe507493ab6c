import type { Table } from '@datamaker/connectors';
import type { KeyColumn, KeyRule, Link, Pick, TableKeys } from '../keys/key-rules.ts';
import type { OpenLink } from './open-links.ts';
import { tableId } from './table-id.ts';

/** What was decided, in the form of a plan: columns in the order of the table. @param main the link that deals the rows out */
export function tableKeys(
  table: Table,
  rows: number,
  open: readonly OpenLink[],
  rules: ReadonlyMap<string, KeyRule>,
  main: OpenLink | undefined,
): TableKeys {
  const links: Link[] = open.map((link) => ({
    name: link.key.name,
    columns: link.key.columns,
    to: tableId(link.key.to),
    toColumns: link.key.toColumns,
    pick: link.pick as Pick,
    nullEvery: link.nullEvery,
    isLater: link.isLater,
  }));
  const linked = open.flatMap((link, index) =>
    link.own.map((column): KeyColumn => {
      const to = link.key.toColumns[link.key.columns.indexOf(column)] as string;
      return { column, rule: { kind: 'linked', link: index, column: to } };
    }),
  );
  const ruled = [...rules].map(([column, rule]): KeyColumn => ({ column, rule }));
  const position = new Map(table.columns.map(({ name }, i) => [name, i]));
  const keys = [...linked, ...ruled].toSorted((a, b) => (position.get(a.column) ?? 0) - (position.get(b.column) ?? 0));
  const dealtBy = main === undefined ? null : open.indexOf(main);
  return { id: tableId(table), rows, keys, links, dealtBy };
}
