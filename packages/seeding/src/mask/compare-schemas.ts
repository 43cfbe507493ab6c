import type { Column, ForeignKey, Table } from '@datamaker/connectors';
import { tableId } from '../plan/table-id.ts';
import { columnId } from './key-groups.ts';
import type { MaskProblem } from './mask-plan.ts';

/** What tables of a destination have otherwise than those of the source, by name. Names of constraints do not count. */
export function compareSchemas(source: readonly Table[], destination: readonly Table[]): MaskProblem[] {
  const there = new Map(destination.map((table) => [tableId(table), table]));
  return source.flatMap((table): MaskProblem[] => {
    const other = there.get(tableId(table));
    if (other === undefined)
      return [differs(tableId(table), 'the destination has no such table, or this user does not see it')];
    return [...columnsOf(table, other), ...rulesOf(table, other)];
  });
}

const differs = (subject: string, message: string): MaskProblem => ({ code: 'schema_differs', subject, message });

function columnsOf(table: Table, other: Table): MaskProblem[] {
  const there = new Map(other.columns.map((column) => [column.name, column]));
  const here = new Set(table.columns.map(({ name }) => name));
  return [
    ...table.columns.flatMap((column): MaskProblem[] => {
      const twin = there.get(column.name);
      const id = columnId(table, column.name);
      if (twin === undefined) return [differs(id, 'the destination has no such column')];
      const [a, b] = [shapeOf(column), shapeOf(twin)];
      return a === b ? [] : [differs(id, `it is ${a} in the source and ${b} in the destination`)];
    }),
    ...other.columns
      .filter(({ name }) => !here.has(name))
      .map(({ name }) => differs(columnId(table, name), 'only the destination has this column')),
  ];
}

const shapeOf = ({ type, nullable, isComputed }: Column): string =>
  `${type}${nullable ? '' : ' NOT NULL'}${isComputed === true ? ', computed' : ''}`;

function rulesOf(table: Table, other: Table): MaskProblem[] {
  const [here, there] = [rules(table), rules(other)];
  const id = tableId(table);
  return [
    ...[...here].filter((rule) => !there.has(rule)).map((rule) => differs(id, `the destination has no ${rule}`)),
    ...[...there].filter((rule) => !here.has(rule)).map((rule) => differs(id, `only the destination has ${rule}`)),
  ];
}

function rules({ primaryKey, uniqueKeys, foreignKeys, checks }: Table): Set<string> {
  return new Set([
    ...(primaryKey === null ? [] : [`primary key (${primaryKey.columns.join(', ')})`]),
    ...uniqueKeys.map(
      ({ columns, condition }) => `unique (${columns.join(', ')})${condition === null ? '' : ` where ${condition}`}`,
    ),
    ...foreignKeys.map(sayKey),
    ...checks.map(({ expression }) => `check (${expression})`),
  ]);
}

/** `foreign key (order_id) to public.order (id)`. */
export const sayKey = ({ columns, to, toColumns }: ForeignKey): string =>
  `foreign key (${columns.join(', ')}) to ${tableId(to)} (${toColumns.join(', ')})`;
