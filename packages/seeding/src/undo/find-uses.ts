import type { Column, Condition, ForeignKey, Session, Table } from '@datamaker/connectors';
import type { KeyMaker } from '../keys/key-maker.ts';
import { RowFinder } from '../keys/row-finder.ts';
import { tableId } from '../plan/table-id.ts';
import { type Bounds, boundConditions, boundsOf } from '../verify/bounds.ts';
import { isGoing, type OpenTable } from './open-tables.ts';

/** Rows of others that refer to rows of a run. */
export interface Use {
  /** The table whose rows refer. */
  readonly table: string;
  readonly key: string;
  /** The table of the run. */
  readonly to: string;
  readonly rows: number;
}

/**
 * Finds rows that are not of the run, or are going to be kept, and refer to rows that are going to be removed. Each table that refers is
 * read once for each of its keys, as far as it can refer to rows of the run at all: the database looks nothing up row by row.
 * @param all tables that can be seen
 */
export async function findUses(
  session: Session,
  all: readonly Table[],
  tables: readonly OpenTable[],
  keys: KeyMaker,
): Promise<Use[]> {
  const byId = new Map(tables.map((one) => [one.planned.id, one]));
  const uses: Use[] = [];
  for (const table of all) {
    const child = byId.get(tableId(table));
    // Kept for one table at a time.
    const own = child === undefined ? undefined : finderOf(child, child.planned.identity, keys);
    for (const key of table.foreignKeys) {
      const to = byId.get(tableId(key.to));
      if (to === undefined) continue;
      const rows = await countUses(session, { table, key, child, own, to, theirs: finderOf(to, key.toColumns, keys) });
      if (rows > 0) uses.push({ table: tableId(table), key: key.name, to: to.planned.id, rows });
    }
  }
  return uses;
}

interface Search {
  readonly table: Table;
  readonly key: ForeignKey;
  /** The table as one of the run, and how its rows are found. */
  readonly child: OpenTable | undefined;
  readonly own: RowFinder | undefined;
  readonly to: OpenTable;
  readonly theirs: RowFinder;
}

const finderOf = ({ planned, table, count }: OpenTable, names: readonly string[], keys: KeyMaker): RowFinder =>
  new RowFinder(planned, columnsOf(table, names), keys, count);

const columnsOf = (table: Table, names: readonly string[]): Column[] =>
  names.flatMap((name) => table.columns.filter((column) => column.name === name));

async function countUses(session: Session, { table, key, child, own, to, theirs }: Search): Promise<number> {
  const columns = columnsOf(table, key.columns);
  const identity = columnsOf(table, child?.planned.identity ?? []);
  const within = columns.flatMap((column, i): Condition[] => [
    { column: column.name, is: 'not null' },
    ...boundConditions(column, boundsOf(column, valuesOf(to, key.toColumns[i] as string))),
  ]);
  const wanted = [...new Set([...columns, ...identity].map(({ name }) => name))];
  let count = 0;
  for (const outside of child === undefined ? [[]] : outsideOf(child)) {
    const where = [...within, ...outside];
    for await (const rows of session.read({
      table: { schema: table.schema, name: table.name },
      columns: wanted,
      where,
    })) {
      for (const row of rows) {
        const parent = theirs.find(columns, row);
        if (parent === undefined || !isGoing(to, parent)) continue;
        const self = own?.find(identity, row);
        if (child === undefined || self === undefined || !isGoing(child, self)) count++;
      }
    }
  }
  return count;
}

function* valuesOf({ keys, count }: OpenTable, name: string): Generator<unknown> {
  const value = keys.columns.find(({ column }) => column === name)?.value;
  for (let row = 0; row < count; row++) yield value?.(row);
}

/** Where rows can be that are not going: beside the numbers of the run, where these have no gap; else anywhere. */
function outsideOf({ planned, table, count, kept }: OpenTable): Condition[][] {
  const [name, ...others] = planned.identity;
  const [column] = columnsOf(table, [name as string]);
  const rule = planned.keys.find((key) => key.column === name)?.rule;
  const isCounted =
    rule?.kind === 'number' && rule.scale === 0 && rule.by.of === 'row' && !('stride' in rule.by) && kept.size === 0;
  if (column?.kind !== 'integer' || others.length > 0 || !isCounted) return [[]];
  const bounds: Bounds = { least: BigInt(rule.start), most: BigInt(rule.start) + BigInt(count - 1) };
  return [
    [{ column: column.name, is: '<', value: bounds.least as bigint }],
    [{ column: column.name, is: '>', value: bounds.most as bigint }],
  ];
}
