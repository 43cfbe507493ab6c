import { ConnectionError } from '../connection-error.ts';

/** What is sent at a time: large enough that messages cost nothing, and small enough that a server need not hold much. */
const CHUNK = 262_144;

/** CSV in chunks of an even size that are nobody else's, so that a source may use its own again. */
export async function* csvChunks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onProgress: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let buffer = Buffer.allocUnsafeSlow(CHUNK);
  let used = 0;
  let sent = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + CHUNK - used);
      buffer.set(part, used);
      used += part.length;
      at += part.length;
      if (used < CHUNK) continue;
      yield buffer;
      sent += used;
      onProgress?.(sent);
      buffer = Buffer.allocUnsafeSlow(CHUNK);
      used = 0;
    }
  }
  if (used === 0) return;
  yield buffer.subarray(0, used);
  onProgress?.(sent + used);
}

const [NEWLINE, RETURN, QUOTE, BACKSLASH, POINT] = Buffer.from('\n\r"\\.') as unknown as [
  number,
  number,
  number,
  number,
  number,
];

/**
 * The same CSV, of one column.
 * @throws ConnectionError value, for a line of nothing but `\.` that is not in quotes: servers before PostgreSQL 18 take it
 * for the end of all, and leave out what comes after without a word
 */
export async function* withoutEndMarker(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let isQuoted = false;
  /** How many bytes of the marker the line has so far; -1: it is none. */
  let matched = 0;
  for await (const chunk of source) {
    for (const byte of chunk) {
      if (byte === QUOTE) isQuoted = !isQuoted;
      if (byte === NEWLINE || byte === RETURN) {
        if (matched === 2 && !isQuoted) throw ends();
        matched = isQuoted ? -1 : 0;
      } else
        matched = byte === (matched === 0 ? BACKSLASH : POINT) && (matched === 0 || matched === 1) ? matched + 1 : -1;
    }
    yield chunk;
  }
}

const ends = (): ConnectionError =>
  new ConnectionError('value', 'the CSV has a line of nothing but \\. , which ends it for PostgreSQL', {
    hint: 'put the value in quotes',
  });
