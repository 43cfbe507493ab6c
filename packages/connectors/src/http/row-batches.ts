import type { Row, Rows } from '../value.ts';

/** Rows in lists of one size, whatever sizes they come in; the last is shorter. */
export async function* rowBatches(rows: AsyncIterable<Rows> | Iterable<Rows>, size: number): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const some of rows) {
    let at = 0;
    if (batch.length === 0) for (; some.length - at >= size; at += size) yield some.slice(at, at + size);
    for (; at < some.length; at++) {
      batch.push(some[at] as Row);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
