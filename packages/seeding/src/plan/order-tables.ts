import type { ForeignKey, Table } from '@datamaker/connectors';
import { tableId } from './table-id.ts';

/** Tables in the order in which they are filled, and how circles among them are cut. */
export interface TableOrder {
  /** Parents before children. */
  readonly tables: readonly Table[];
  /** Foreign keys that are null at first, by the id of their table. */
  readonly later: ReadonlyMap<string, ReadonlySet<ForeignKey>>;
  /** Foreign keys that hold at the end of the transaction only. */
  readonly deferred: ReadonlyMap<string, ReadonlySet<ForeignKey>>;
  /** Circles that nothing cuts. */
  readonly stuck: readonly (readonly Table[])[];
}

interface Edge {
  readonly from: Table;
  readonly to: Table;
  readonly key: ForeignKey;
}

/**
 * Orders tables by their foreign keys. Circles are found as strongly connected components, and cut at a key that may be null or, where
 * there is none, at one that may be checked late.
 */
export function orderTables(tables: readonly Table[]): TableOrder {
  const byId = new Map(tables.map((table) => [tableId(table), table]));
  let edges: Edge[] = tables.flatMap((from) =>
    from.foreignKeys.flatMap((key) => {
      const to = byId.get(tableId(key.to));
      return to === undefined || to === from ? [] : [{ from, to, key }];
    }),
  );
  const later = new Map<string, Set<ForeignKey>>();
  const deferred = new Map<string, Set<ForeignKey>>();
  const stuck: (readonly Table[])[] = [];
  let left = [...tables];
  for (;;) {
    const circle = components(left, edges).find(({ length }) => length > 1);
    if (circle === undefined) break;
    const inside = edges.filter(({ from, to }) => circle.includes(from) && circle.includes(to));
    const cut = inside.find(mayBeNull) ?? inside.find(({ key }) => key.isDeferrable);
    if (cut === undefined) {
      stuck.push(circle);
      left = left.filter((table) => !circle.includes(table));
      edges = edges.filter(({ from, to }) => !circle.includes(from) && !circle.includes(to));
      continue;
    }
    const cuts = mayBeNull(cut) ? later : deferred;
    const id = tableId(cut.from);
    cuts.set(id, (cuts.get(id) ?? new Set()).add(cut.key));
    edges = edges.filter((edge) => edge !== cut);
  }
  return { tables: parentsFirst(left, edges), later, deferred, stuck };
}

/** The columns of a key that are null while the rows that it refers to are not there yet. */
export function nullableColumns(table: Table, key: ForeignKey): readonly string[] {
  const inKeys = new Set(table.primaryKey?.columns);
  const others = table.foreignKeys.filter((other) => other !== key).flatMap(({ columns }) => columns);
  return key.columns.filter(
    (name) =>
      !inKeys.has(name) &&
      !others.includes(name) &&
      table.columns.some((column) => column.name === name && column.nullable),
  );
}

// Rows are found by their key when it is time to fill them.
const mayBeNull = ({ from, key }: Edge): boolean => from.primaryKey !== null && nullableColumns(from, key).length > 0;

/** Tarjan, "Depth-first search and linear graph algorithms" (1972), with a stack of its own in place of recursion. */
function components(tables: readonly Table[], edges: readonly Edge[]): Table[][] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const index = new Map<Table, number>();
  const low = new Map<Table, number>();
  const open: Table[] = [];
  const isOpen = new Set<Table>();
  const found: Table[][] = [];
  for (const root of tables) {
    if (index.has(root)) continue;
    const work: { table: Table; at: number }[] = [{ table: root, at: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1) as { table: Table; at: number };
      const { table } = frame;
      if (frame.at === 0) {
        index.set(table, index.size);
        low.set(table, index.get(table) as number);
        open.push(table);
        isOpen.add(table);
      }
      const edge = next.get(table)?.[frame.at++];
      if (edge !== undefined) {
        if (!index.has(edge.to)) work.push({ table: edge.to, at: 0 });
        else if (isOpen.has(edge.to)) low.set(table, Math.min(low.get(table) as number, index.get(edge.to) as number));
        continue;
      }
      work.pop();
      const above = work.at(-1)?.table;
      if (above !== undefined) low.set(above, Math.min(low.get(above) as number, low.get(table) as number));
      if (low.get(table) !== index.get(table)) continue;
      const component = open.splice(open.indexOf(table));
      for (const one of component) isOpen.delete(one);
      found.push(component);
    }
  }
  return found;
}

/** There is no circle any more. Of tables that may come next, the first of the schema does. */
function parentsFirst(tables: readonly Table[], edges: readonly Edge[]): Table[] {
  const parents = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<Table>();
  const order: Table[] = [];
  const visit = (table: Table): void => {
    if (done.has(table)) return;
    done.add(table);
    for (const { to } of parents.get(table) ?? []) visit(to);
    order.push(table);
  };
  for (const table of tables) visit(table);
  return order;
}
