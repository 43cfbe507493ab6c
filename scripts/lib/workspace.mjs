import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path inside the checkout. */
export const at = (...parts) => join(root, ...parts);

/** Content of a small text file, or undefined when there is none. */
export function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

export const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Ends with one clear line instead of a stack trace. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
