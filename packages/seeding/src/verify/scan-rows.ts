import type { Column, Row, Session, Table, TableName } from '@datamaker/connectors';
import { boundConditions, boundsOf } from './bounds.ts';
import { hashOf, identityText } from './identity-text.ts';
import { sameValue } from './same-value.ts';

/** Rows that can be made again, whoever makes them. */
export interface ScannedRows {
  readonly table: {
    readonly table: TableName;
    readonly columns: readonly string[];
    /** What tells rows apart. */
    readonly identity: readonly string[];
    readonly uncompared: readonly string[];
    /** Columns that are null until circles are closed. */
    readonly later: readonly string[];
  };
  rows(from: number, to: number, pass: 'final'): readonly Row[];
}

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

export interface ScanOptions {
  /** The first row; 0 unless said. */
  readonly from?: number;
  /**
   * Whether rows are held for the transaction that is open, so that they stay as they were seen: in systems that can (`Session.hold`).
   * Elsewhere they are read.
   */
  readonly holds?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told of each row that holds something else than it was given. */
  readonly onEdited?: (row: number, held: Row) => void;
}

/** Rows that are made again and looked for at a time; more where each time the whole table is read. */
const WINDOW = 1000;
const WIDE_WINDOW = 20_000;
const MODULUS = 1n << 64n;

/**
 * Makes the rows [0, count) of a table again, and compares them with what is there. What a row was not given is not compared.
 * @param filled rows whose circles were closed
 */
export async function scanRows(
  session: Session,
  table: Table,
  made: ScannedRows,
  count: number,
  filled: number,
  { from: first = 0, holds = false, signal, onEdited }: ScanOptions = {},
): Promise<Scan> {
  const { identity, columns, uncompared, later } = made.table;
  const isKey = identity.map((name) => columnOf(table, name));
  const compared = columns
    .filter((name) => !uncompared.includes(name) && !identity.includes(name))
    .flatMap((name) => table.columns.filter((column) => column.name === name));
  // A change of a whole column is millions of the same list.
  const lists = new Map<string, readonly string[]>();
  const namesOf = (changed: readonly Column[]): readonly string[] => {
    const names = changed.map(({ name }) => name);
    const key = names.join('\0');
    const known = lists.get(key) ?? names;
    lists.set(key, known);
    return known;
  };
  const missing = new Set<number>();
  const edited = new Map<number, readonly string[]>();
  let [found, expectedKeys, foundKeys] = [0, 0n, 0n];
  const hold = holds ? session.hold?.bind(session) : undefined;
  let size = WINDOW;
  for (let from = first, to = first; from < count; from = to) {
    signal?.throwIfAborted();
    to = Math.min(count, from + size);
    const rows = made.rows(from, to, 'final');
    const where = isKey.flatMap((column) =>
      boundConditions(
        column,
        boundsOf(
          column,
          rows.map((row) => row[column.name]),
        ),
      ),
    );
    size = where.length > 0 || hold !== undefined ? WINDOW : WIDE_WINDOW;
    const at = new Map(rows.map((row, i) => [identityText(isKey, row), from + i]));
    for (const key of at.keys()) expectedKeys += hashOf(key);
    const query = { table: made.table.table, columns: [...identity, ...compared.map(({ name }) => name)], signal };
    const keys = (): Row[] => rows.map((row) => Object.fromEntries(identity.map((name) => [name, row[name] ?? null])));
    for await (const some of hold?.({ ...query, keys: keys() }) ?? session.read({ ...query, where })) {
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
            given[column.name] !== undefined &&
            !sameValue(column, given[column.name], held[column.name]) &&
            !(row >= filled && later.includes(column.name) && held[column.name] === null),
        );
        if (others.length === 0) continue;
        edited.set(row, namesOf(others));
        onEdited?.(row, held);
      }
    }
    for (const row of at.values()) missing.add(row);
  }
  const shown = (sum: bigint): string => (sum % MODULUS).toString(16).padStart(16, '0');
  return {
    expected: count - first,
    found,
    missing,
    edited,
    expectedKeys: shown(expectedKeys),
    foundKeys: shown(foundKeys),
  };
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new TypeError(`${table.name} has no column ${name}`);
  return column;
}
