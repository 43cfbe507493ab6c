import type { Column, ForeignKey, Row, Session, Table } from '@datamaker/connectors';
import { tableId } from '../plan/table-id.ts';
import { identityText } from '../verify/identity-text.ts';
import type { OpenTable } from './undo-seed.ts';

/** Rows of others that refer to rows of a run. */
export interface Use {
  /** The table whose rows refer. */
  readonly table: string;
  readonly key: string;
  /** The table of the run. */
  readonly to: string;
  readonly rows: number;
}

type Kept = ReadonlyMap<string, ReadonlySet<number>>;

/** Finds rows that are not of the run, or are going to be kept, and refer to rows that are going to be removed. */
export async function findUses(session: Session, tables: readonly OpenTable[], kept: Kept): Promise<Use[]> {
  const byId = new Map(tables.map((one) => [one.planned.id, one]));
  const { tables: all } = await session.introspect();
  const uses: Use[] = [];
  for (const table of all) {
    const child = byId.get(tableId(table));
    // Kept for one table at a time: there may be millions.
    let own: ReadonlySet<string> | undefined;
    for (const key of table.foreignKeys) {
      const to = byId.get(tableId(key.to));
      if (to === undefined) continue;
      if (child !== undefined) own ??= goingRows(child, child.planned.identity, kept);
      const rows = await countUses(session, table, key, goingRows(to, key.toColumns, kept), child, own);
      if (rows > 0) uses.push({ table: tableId(table), key: key.name, to: to.planned.id, rows });
    }
  }
  return uses;
}

/** What rows that are going to be removed have in some columns. */
function goingRows(
  { made, table, count, scan, planned }: OpenTable,
  names: readonly string[],
  kept: Kept,
): ReadonlySet<string> {
  const columns = names.flatMap((name) => table.columns.filter((column) => column.name === name));
  const going = new Set<string>();
  for (let row = 0; row < count; row++) {
    if (scan?.missing.has(row) === true || kept.get(planned.id)?.has(row) === true) continue;
    going.add(identityText(columns, made.keyValues(row)));
  }
  return going;
}

async function countUses(
  session: Session,
  table: Table,
  { columns: names }: ForeignKey,
  going: ReadonlySet<string>,
  child: OpenTable | undefined,
  own: ReadonlySet<string> | undefined,
): Promise<number> {
  if (going.size === 0) return 0;
  const columns = names.flatMap((name) => table.columns.filter((column) => column.name === name));
  const identity = (child?.planned.identity ?? []).flatMap((name) =>
    table.columns.filter((column) => column.name === name),
  );
  const wanted = [...new Set([...columns, ...identity].map(({ name }) => name))];
  const where = columns.map(({ name }) => ({ column: name, is: 'not null' as const }));
  let count = 0;
  for await (const rows of session.read({
    table: { schema: table.schema, name: table.name },
    columns: wanted,
    where,
  })) {
    for (const row of rows) {
      if (!going.has(identityText(columns, row))) continue;
      if (own === undefined || !own.has(identityText(identity as readonly Column[], row as Row))) count++;
    }
  }
  return count;
}
