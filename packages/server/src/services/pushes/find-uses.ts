import type { Column, Row, Session, Table } from '@datamaker/connectors';
import { identityText, tableId, type Use } from '@datamaker/seeding';
import { keyRows } from './present-keys.ts';

const AT_ONCE = 1000;

/**
 * Finds rows of others that refer to rows which are going to be removed. Only of systems that can be asked for many keys at a time, as those
 * that keep keys between tables can.
 * @param all tables that can be seen
 * @param going rows that are going, some at a time, with all columns that others may refer to
 */
export async function findUses(
  session: Session,
  all: readonly Table[],
  table: Table,
  identity: readonly string[],
  going: () => Iterable<readonly Row[]>,
  signal: AbortSignal,
): Promise<Use[]> {
  if (session.find === undefined) return [];
  const to = tableId(table);
  const uses: Use[] = [];
  for (const child of all) {
    for (const key of child.foreignKeys) {
      if (tableId(key.to) !== to) continue;
      const link: Link = { from: key.columns, to: key.toColumns };
      const rows =
        tableId(child) === to
          ? await countOwn(session, table, identity, link, going, signal)
          : await countOthers(session, child, link, going, signal);
      if (rows > 0) uses.push({ table: tableId(child), key: key.name, to, rows });
    }
  }
  return uses;
}

/** Columns, and those that they refer to. */
interface Link {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Columns of tables that others refer to. */
export const referredColumns = (all: readonly Table[], table: Table): string[] => [
  ...new Set(
    all.flatMap(({ foreignKeys }) =>
      foreignKeys.filter((key) => tableId(key.to) === tableId(table)).flatMap((key) => key.toColumns),
    ),
  ),
];

async function countOthers(
  session: Session,
  child: Table,
  link: Link,
  going: () => Iterable<readonly Row[]>,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for (const rows of going()) {
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const keys = rows
        .slice(at, at + AT_ONCE)
        .filter((row) => link.to.every((name) => (row[name] ?? null) !== null))
        .map((row) => Object.fromEntries(link.from.map((name, i) => [name, row[link.to[i] as string] ?? null])) as Row);
      if (keys.length > 0) count += ((await session.find?.(child, keys, signal)) ?? []).length;
    }
  }
  return count;
}

/** Rows of the table itself that stay, and refer to such as go. */
async function countOwn(
  session: Session,
  table: Table,
  identity: readonly string[],
  link: Link,
  going: () => Iterable<readonly Row[]>,
  signal: AbortSignal,
): Promise<number> {
  const told = columnsOf(table, identity);
  const theirs = columnsOf(table, link.to);
  const leaving = new Set<string>();
  const referred = new Set<string>();
  for (const rows of going()) {
    for (const row of rows) {
      leaving.add(identityText(told, row));
      referred.add(identityText(theirs, row));
    }
  }
  const query = {
    table,
    columns: [...new Set([...identity, ...link.from])],
    where: link.from.map((column) => ({ column, is: 'not null' as const })),
    signal,
  };
  let count = 0;
  for await (const rows of session.read(query)) {
    for (const row of rows) {
      if (leaving.has(identityText(told, row))) continue;
      const [parent] = keyRows(
        [Object.fromEntries(link.to.map((name, i) => [name, row[link.from[i] as string] ?? null]))],
        link.to,
      );
      if (parent !== undefined && referred.has(identityText(theirs, parent))) count++;
    }
  }
  return count;
}

const columnsOf = (table: Table, names: readonly string[]): Column[] =>
  names.flatMap((name) => table.columns.filter((column) => column.name === name));
