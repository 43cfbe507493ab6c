import type { Row, Rows } from '../value.ts';

export interface Batch {
  /** From the first row of all, which is 0. */
  readonly start: number;
  /** Names that each of the rows has, in the order of the first. */
  readonly columns: readonly string[];
  readonly rows: Rows;
}

export interface BatchLimits {
  readonly maxRows: number;
  /** Most values in all: rows times columns. */
  readonly maxValues: number;
  /** Rows of one batch differ in these columns, but for those with a null in them; empty: they need not. */
  readonly distinct?: readonly string[];
}

/** Cuts rows into batches, in order, so that all rows of one have the same columns: a column that a row does not have keeps its default. */
export async function* batches(
  source: AsyncIterable<Rows> | Iterable<Rows>,
  limits: BatchLimits,
): AsyncGenerator<Batch> {
  const { maxRows, maxValues, distinct = [] } = limits;
  let start = 0;
  let rows: Row[] = [];
  let columns: readonly string[] = [];
  const seen = new Set<string>();
  const flush = (): Batch => {
    const batch = { start, columns, rows };
    start += rows.length;
    rows = [];
    seen.clear();
    return batch;
  };
  for await (const some of source) {
    for (const row of some) {
      const id = idOf(row, distinct);
      if (rows.length > 0) {
        const isFull = rows.length >= maxRows || (rows.length + 1) * columns.length > maxValues;
        if (isFull || (id !== undefined && seen.has(id)) || !hasSameColumns(row, columns)) yield flush();
      }
      if (rows.length === 0) columns = Object.keys(row);
      if (id !== undefined) seen.add(id);
      rows.push(row);
    }
  }
  if (rows.length > 0) yield flush();
}

function hasSameColumns(row: Row, columns: readonly string[]): boolean {
  let count = 0;
  for (const name in row) {
    if (!Object.hasOwn(row, name)) continue;
    // Mostly rows have their columns in the same order.
    if (columns[count] !== name && !columns.includes(name)) return false;
    count++;
  }
  return count === columns.length;
}

function idOf(row: Row, key: readonly string[]): string | undefined {
  if (key.length === 0 || key.some((name) => row[name] === null || row[name] === undefined)) return undefined;
  // Without the type: for a database 1 and "1" may be the same key.
  return key.map((name) => JSON.stringify(String(row[name]))).join();
}
