import type { Row, Rows } from '../value.ts';

/** Rows in lists of one size, whatever sizes they come in; the last is shorter. */
export async function* rowBatches(rows: AsyncIterable<Rows> | Iterable<Rows>, size: number): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const some of rows) {
    for (const row of some) {
      batch.push(row);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
