/** Letters that a prefix written without gaps may have. */
const SHORTEST = 2;
const LONGEST = 5;
const LEAST_NAMES = 5;
const MOSTLY = 0.8;
const LEAST_LEFT = 2;

/**
 * The names without letters that most of them begin with (`CUID`, `CUNAME`, `CUCITY`), where more of them are words afterwards
 * than before. Names that begin otherwise stay.
 * @param names of the columns, each as its folded words
 */
export function withoutGluedPrefix(
  names: readonly (readonly string[])[],
  isKnown: (word: string) => boolean,
): readonly (readonly string[])[] {
  if (names.length < LEAST_NAMES) return names;
  const firsts = names.map((name) => name[0] ?? '');
  if (differ(firsts)) return names;
  for (let length = LONGEST; length >= SHORTEST; length--) {
    const prefix = commonest(firsts, length);
    if (prefix === undefined) continue;
    const known = firsts.filter(isKnown).length;
    const cut = firsts.map((word) => (carries(word, prefix) ? word.slice(length) : word));
    if (cut.filter(isKnown).length < known + LEAST_NAMES / 2) continue;
    return names.map((name, i) => [cut[i] as string, ...name.slice(1)]);
  }
  return names;
}

/** How many beginnings there may be where most words share one. */
const mostOf = (words: readonly string[]): number => 1 + words.length * (1 - MOSTLY);

/** Whether already the first letters are too many different ones, as they are in most tables. */
function differ(words: readonly string[]): boolean {
  const most = mostOf(words);
  const seen = new Set<number>();
  for (const word of words) if (seen.add(word.charCodeAt(0)).size > most) return true;
  return false;
}

const carries = (word: string, prefix: string): boolean =>
  word.startsWith(prefix) && word.length >= prefix.length + LEAST_LEFT;

/** What most words begin with; undefined where they differ. */
function commonest(words: readonly string[], length: number): string | undefined {
  // Where most share one, there are few others.
  const seen = new Set(words.map((word) => word.slice(0, length)));
  if (seen.size > mostOf(words)) return undefined;
  for (const prefix of seen)
    if (prefix.length === length && words.filter((word) => carries(word, prefix)).length >= words.length * MOSTLY)
      return prefix;
  return undefined;
}
