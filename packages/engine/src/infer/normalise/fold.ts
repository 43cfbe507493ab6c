const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
]);
const UMLAUTS: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
]);
const PLAIN = /^[a-z0-9 ]*$/;
/** Nothing in it is an umlaut. */
const NO_UMLAUTS = /^[\0-\x7f]*$/;

/** A word in lower case without accents, as identifiers write it: `Größe` gives `grosse`. Other scripts stay as they are. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  let folded = '';
  for (const letter of lower.normalize('NFD').replace(/\p{M}/gu, '')) folded += LETTERS.get(letter) ?? letter;
  return folded;
}

/** The same with `ae`, `oe` and `ue` for umlauts, the other way in which German names are written; undefined where it is not another. */
export function foldUmlauts(word: string): string | undefined {
  if (NO_UMLAUTS.test(word)) return undefined;
  const lower = word.toLowerCase().normalize('NFC');
  let spelt = '';
  for (const letter of lower) spelt += UMLAUTS.get(letter) ?? letter;
  return spelt === lower ? undefined : fold(spelt);
}
