import type { CellEncoding, TextForm } from '../format/cell-encoding.ts';

type Encoding = CellEncoding | TextForm['escape'];

const known = new WeakMap<readonly string[], WeakMap<Encoding, readonly string[]>>();

/**
 * The entries of a list as a format writes them. The same list under the same encoding is one array, in all templates that have it
 * (tables in memory are shared by identity), and the list itself where nothing in it is written in another way.
 */
export function encoded(
  from: readonly string[],
  encoding: Encoding,
  convert: (text: string) => string,
): readonly string[] {
  let byEncoding = known.get(from);
  if (byEncoding === undefined) {
    byEncoding = new WeakMap();
    known.set(from, byEncoding);
  }
  let entries = byEncoding.get(encoding);
  if (entries === undefined) {
    const converted = from.map(convert);
    entries = converted.every((entry, index) => entry === from[index]) ? from : converted;
    byEncoding.set(encoding, entries);
  }
  return entries;
}
