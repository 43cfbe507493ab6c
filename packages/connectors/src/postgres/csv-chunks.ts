import { ConnectionError } from '../connection-error.ts';

/** What is sent at a time: large enough that messages cost nothing, and small enough that a server need not hold much. */
const CHUNK = 262_144;
const NEWLINE = 10;
const RETURN = 13;

/**
 * CSV in chunks of an even size that are nobody else's, so that a source may use its own again.
 * @throws ConnectionError value, for a line of nothing but `\.`: servers before PostgreSQL 18 take it for the end
 */
export async function* csvChunks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onProgress: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let buffer = Buffer.allocUnsafeSlow(CHUNK);
  let used = 0;
  let sent = 0;
  const ends = new EndMarker();
  for await (const chunk of source) {
    ends.check(chunk);
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
  ends.finish();
  if (used === 0) return;
  yield buffer.subarray(0, used);
  onProgress?.(sent + used);
}

/** Looks for lines that are `\.` and nothing else. */
class EndMarker {
  /** The last three bytes, for what lies over two chunks. */
  #tail: Buffer = Buffer.from([NEWLINE]);

  check(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    // Over the border; the rest is looked at where it lies.
    this.#scan(Buffer.concat([this.#tail, bytes.subarray(0, 4)]));
    this.#scan(bytes);
    this.#tail = Buffer.concat([this.#tail, bytes.subarray(-3)]).subarray(-3);
  }

  finish(): void {
    this.#scan(Buffer.concat([this.#tail, Buffer.from([NEWLINE])]));
  }

  #scan(bytes: Buffer): void {
    for (let at = bytes.indexOf('\\.'); at >= 0; at = bytes.indexOf('\\.', at + 1)) {
      const [before, after] = [bytes[at - 1], bytes[at + 2]];
      if ((before !== NEWLINE && before !== RETURN) || (after !== NEWLINE && after !== RETURN)) continue;
      throw new ConnectionError('value', 'the CSV has a line of nothing but \\. , which ends it for PostgreSQL', {
        hint: 'put the value in quotes',
      });
    }
  }
}
