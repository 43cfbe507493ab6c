import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Plan } from '@datamaker/engine';
import { jsonPieces } from './json-pieces.ts';

/** After so many characters others have their turn: plans hold lists that fields pick from, which may be long. */
const TURN = 1024 * 1024;

/**
 * What the rows of a plan are known by: two processes whose plans differ, since a set or a file that fields pick from has changed in between,
 * must not make parts of one output. When it was compiled says nothing of rows. As JSON, since V8 writes equal values in several ways.
 */
export async function planDigest({ name, seed, fields, negative }: Plan): Promise<Buffer> {
  const sum = createHash('sha256');
  let since = 0;
  for (const piece of jsonPieces({ name, seed, fields, negative }, plain)) {
    sum.update(piece);
    since += piece.length;
    if (since < TURN) continue;
    since = 0;
    await setImmediate();
  }
  return sum.digest();
}

/** What JSON does not have. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Map || value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  return value;
}
