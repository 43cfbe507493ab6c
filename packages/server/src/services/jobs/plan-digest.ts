import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { Plan } from '@datamaker/engine';

/**
 * What the rows of a plan are known by: two processes whose plans differ, since a set or a file that fields pick from has changed in between,
 * must not make parts of one output. When it was compiled says nothing of rows.
 */
export function planDigest({ name, seed, fields, negative }: Plan): Buffer {
  return createHash('sha256')
    .update(serialize({ name, seed, fields, negative }))
    .digest();
}
