import { ConnectionError } from '../connection-error.ts';
import type { Row, Rows } from '../value.ts';

/** Of the keys in one command, which is a document and may have 16 MiB. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Keys as they come, so many at a time and no more than a command has room for. @throws ConnectionError value, for one without a column */
export async function* keyBatches(keys: AsyncIterable<Rows> | Iterable<Rows>, most: number): AsyncGenerator<Row[]> {
  let waiting: Row[] = [];
  let bytes = 0;
  for await (const some of keys) {
    for (const key of some) {
      if (Object.keys(key).length === 0) throw new ConnectionError('value', 'a key has at least one column');
      const size = sizeOf(key);
      if (waiting.length > 0 && (waiting.length >= most || bytes + size > MOST_BYTES)) {
        yield waiting;
        waiting = [];
        bytes = 0;
      }
      waiting.push(key);
      bytes += size;
    }
  }
  if (waiting.length > 0) yield waiting;
}

/** About; a text has up to three bytes for each unit. */
const sizeOf = (key: Row): number =>
  Object.entries(key).reduce((sum, [name, value]) => {
    const text = typeof value === 'string' ? value.length : value instanceof Uint8Array ? value.length : 100;
    return sum + 3 * (name.length + text) + 16;
  }, 0);
