import { byteLength } from '../text/utf8.ts';

const known = new WeakMap<readonly string[], { min: number; max: number }>();

/** Shortest and longest entry of a list, in bytes of UTF-8; computed once a list. */
export function lengthsOf(from: readonly string[]): { readonly min: number; readonly max: number } {
  let lengths = known.get(from);
  if (lengths === undefined) {
    let min = Number.POSITIVE_INFINITY;
    let max = 0;
    for (const entry of from) {
      const length = byteLength(entry);
      if (length < min) min = length;
      if (length > max) max = length;
    }
    lengths = { min, max };
    known.set(from, lengths);
  }
  return lengths;
}
