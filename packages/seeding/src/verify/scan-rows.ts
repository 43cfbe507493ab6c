import type { Column, Condition, Row, Session, Table, Value } from '@datamaker/connectors';
import type { TableRows } from '../apply/table-rows.ts';
import { hashOf, identityText } from './identity-text.ts';
import { sameValue } from './same-value.ts';

export interface Scan {
  readonly expected: number;
  readonly found: number;
  /** Rows that are not there any more, by number. */
  readonly missing: ReadonlySet<number>;
  /** Rows that hold something else than they were given, by number, with the columns. */
  readonly edited: ReadonlyMap<number, readonly string[]>;
  /** Sums of the hashes of keys, of those that were written and those that are there. */
  readonly expectedKeys: string;
  readonly foundKeys: string;
}

/** Rows that are made again and looked for at a time. */
const WINDOW = 10_000;
const MODULUS = 1n << 64n;

/** Makes the rows [0, count) of a table again, and compares them with what is there. @param filled rows whose circles were closed */
export async function scanRows(
  session: Session,
  table: Table,
  made: TableRows,
  count: number,
  filled: number,
  signal?: AbortSignal,
): Promise<Scan> {
  const { identity, columns, uncompared, later } = made.table;
  const isKey = identity.map((name) => columnOf(table, name));
  const compared = columns
    .filter((name) => !uncompared.includes(name) && !identity.includes(name))
    .flatMap((name) => table.columns.filter((column) => column.name === name));
  const missing = new Set<number>();
  const edited = new Map<number, readonly string[]>();
  let [found, expectedKeys, foundKeys] = [0, 0n, 0n];
  for (let from = 0; from < count; from += WINDOW) {
    signal?.throwIfAborted();
    const to = Math.min(count, from + WINDOW);
    const rows = made.rows(from, to, 'final');
    const at = new Map(rows.map((row, i) => [identityText(isKey, row), from + i]));
    for (const key of at.keys()) expectedKeys += hashOf(key);
    const query = {
      table: made.table.table,
      columns: [...identity, ...compared.map(({ name }) => name)],
      where: isKey.flatMap((column) => boundsOf(column, rows)),
      signal,
    };
    for await (const some of session.read(query)) {
      for (const held of some) {
        const key = identityText(isKey, held);
        const row = at.get(key);
        if (row === undefined) continue;
        at.delete(key);
        found++;
        foundKeys += hashOf(key);
        const given = rows[row - from] as Row;
        const others = compared.filter(
          (column) =>
            !sameValue(column, given[column.name], held[column.name]) &&
            !(row >= filled && later.includes(column.name) && held[column.name] === null),
        );
        if (others.length > 0)
          edited.set(
            row,
            others.map(({ name }) => name),
          );
      }
    }
    for (const row of at.values()) missing.add(row);
  }
  const shown = (sum: bigint): string => (sum % MODULUS).toString(16).padStart(16, '0');
  return { expected: count, found, missing, edited, expectedKeys: shown(expectedKeys), foundKeys: shown(foundKeys) };
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new TypeError(`${table.name} has no column ${name}`);
  return column;
}

/** What all rows of a window have in common, where it is an order that every system has: that of whole numbers and of days. */
function boundsOf(column: Column, rows: readonly Row[]): Condition[] {
  if (column.kind !== 'integer' && column.kind !== 'date') return [];
  const values = rows.map((row) => row[column.name] as Value).filter((value) => value !== null);
  const [first] = values;
  if (first === undefined || (column.kind === 'integer' && typeof first === 'string')) return [];
  const least = values.reduce((a, b) => ((b as number) < (a as number) ? b : a));
  const most = values.reduce((a, b) => ((b as number) > (a as number) ? b : a));
  return [
    { column: column.name, is: '>=', value: least },
    { column: column.name, is: '<=', value: most },
  ];
}
