import type { Column, Row, Rows, Session, TableName, Value } from '@datamaker/connectors';
import { identityText } from '@datamaker/seeding/records';

/** Columns of a key, as they are compared. */
export type KeyColumns = readonly Pick<Column, 'name' | 'kind' | 'isPadded'>[];

/** How the columns of a key are described; one that is not is a text. */
export async function keyColumnsOf(
  session: Session,
  table: TableName,
  names: readonly string[],
): Promise<readonly Column[]> {
  const { columns } = await session.describe(table);
  return names.map(
    (name) => columns.find((one) => one.name === name) ?? ({ name, kind: 'other', isPadded: false } as Column),
  );
}

/** The part of rows that tells them apart. */
export const keyRows = (rows: Rows, names: readonly string[]): Row[] =>
  rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null])) as Row);

/**
 * Which of these keys there are, as texts; by one question for many of them, or, where the system cannot be asked so, one for each.
 * @returns undefined: the system cannot be asked at all
 */
export async function presentKeys(
  session: Session,
  type: string,
  table: TableName,
  columns: readonly Column[],
  keys: Rows,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  if (keys.length === 0) return new Set();
  const find = findWith(session, type);
  if (find === undefined) return undefined;
  const found = new Set<string>();
  for (const row of await find(table, keys, signal)) found.add(identityText(columns, row));
  return found;
}

type Find = NonNullable<Session['find']>;

function findWith(session: Session, type: string): Find | undefined {
  if (session.find !== undefined) return (...all) => (session.find as Find)(...all);
  // OData is asked for entities by what its metadata says; what a REST system makes of a query nobody knows.
  if (type !== 'sap_odata') return undefined;
  return async (table, keys, signal) => {
    const found: Row[] = [];
    for (const key of keys) {
      const where = Object.entries(key).map(([column, value]) => ({ column, is: '=' as const, value: value as Value }));
      for await (const rows of session.read({ table, columns: Object.keys(key), where, limit: 1, signal }))
        found.push(...rows);
    }
    return found;
  };
}

/** Whether `presentKeys` has an answer. */
export const canLook = (session: Session, type: string): boolean => findWith(session, type) !== undefined;
