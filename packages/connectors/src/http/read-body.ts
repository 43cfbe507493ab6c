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
  try {
    return await bytesOf((unpacked ?? body) as Readable, most, until);
  } finally {
    // One that has ended needs it not, and it costs as much as a small answer.
    if (!body.readableEnded) body.destroy();
    unpacked?.destroy();
  }
}

/** By events: an iterator of a stream costs more than a small answer. */
function bytesOf(stream: Readable, most: number, until: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const parts: Uint8Array[] = [];
  let size = 0;
  stream.on('data', (part: Uint8Array) => {
    size += part.length;
    parts.push(part);
    if (size > most) reject(tooLarge(most));
    // A little now and then keeps every timer quiet.
    else if (performance.now() > until) reject(new ConnectionError('timeout', 'the answer did not end in time'));
    else return;
    stream.destroy();
  });
  stream.on('error', reject);
  stream.on('end', () => resolve(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, size)));
  // Errors take their stack along, which costs more than all else here.
  stream.on('close', () => {
    if (!stream.readableEnded) reject(new ConnectionError('broken', 'the answer did not come to its end'));
  });
  return promise;
}

const tooLarge = (most: number): ConnectionError =>
  new ConnectionError('too_large', `the answer has more than ${Math.floor(most / 1024 / 1024)} MiB`, {
    hint: 'ask for fewer rows at a time, or raise options.responseLimitMib',
  });
