import { createHash } from 'node:crypto';
import type { Plan } from '@datamaker/engine';

/**
 * What the rows of a plan are known by: two processes whose plans differ, since a set or a file that fields pick from has changed in between,
 * must not make parts of one output. When it was compiled says nothing of rows. As JSON, since V8 writes equal values in several ways.
 */
export function planDigest({ name, seed, fields, negative }: Plan): Buffer {
  return createHash('sha256').update(JSON.stringify({ name, seed, fields, negative }, plain)).digest();
}

/** What JSON does not have. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Map || value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  return value;
}
