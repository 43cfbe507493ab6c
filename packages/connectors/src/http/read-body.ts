import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ConnectionError } from '../connection-error.ts';

/** Encodings that are unpacked, as `accept-encoding` says them. */
export const ENCODINGS = 'gzip, deflate, br';

const UNPACK: Readonly<Record<string, () => NodeJS.ReadWriteStream & { destroy(): void }>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads a body to its end, unpacked.
 * @param most bytes, unpacked: a few packed ones can become gigabytes
 * @param until when it has to be there, as `performance.now()` counts
 * @throws ConnectionError timeout; too_large; protocol, when they are packed in a way that was not asked for
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  most: number,
  until: number,
): Promise<Uint8Array> {
  const packing = encoding?.trim().toLowerCase() ?? 'identity';
  const unpack = packing === 'identity' || packing === '' ? undefined : UNPACK[packing];
  if (unpack === undefined && packing !== 'identity' && packing !== '') {
    body.destroy();
    throw new ConnectionError('protocol', 'the answer is packed in a way that was not asked for');
  }
  const unpacked = unpack?.();
  if (unpacked !== undefined) {
    body.on('error', (error) => unpacked.emit('error', error));
    body.pipe(unpacked);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of (unpacked ?? body) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > most) throw tooLarge(most);
      // A little now and then keeps every timer quiet.
      if (performance.now() > until) throw new ConnectionError('timeout', 'the answer did not end in time');
      parts.push(part);
    }
  } finally {
    body.destroy();
    unpacked?.destroy();
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, size);
}

const tooLarge = (most: number): ConnectionError =>
  new ConnectionError('too_large', `the answer has more than ${Math.floor(most / 1024 / 1024)} MiB`, {
    hint: 'ask for fewer rows at a time, or raise options.responseLimitMib',
  });
