import { ConnectionError } from '../connection-error.ts';
import type { Row, Rows } from '../value.ts';

/** Keys as they come, so many at a time. @throws ConnectionError value, for one without a column */
export async function* keyBatches(keys: AsyncIterable<Rows> | Iterable<Rows>, most: number): AsyncGenerator<Row[]> {
  let waiting: Row[] = [];
  for await (const some of keys) {
    for (const key of some) {
      if (Object.keys(key).length === 0) throw new ConnectionError('value', 'a key has at least one column');
      waiting.push(key);
      if (waiting.length < most) continue;
      yield waiting;
      waiting = [];
    }
  }
  if (waiting.length > 0) yield waiting;
}
