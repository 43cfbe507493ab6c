/** Short words that may stand at the edge of a word written without gaps: userid, orderno, showip. */
const SHORT = new Set([
  'id',
  'no',
  'nr',
  'ip',
  'is',
  'at',
  'by',
  'dt',
  'cd',
  'tm',
  'ts',
  'pk',
  'fk',
  'db',
  'os',
  'kg',
  'cm',
  'mm',
  'km',
  'ml',
]);
/** The same at the beginning: onloan, instock. */
const IN_FRONT = new Set(['on', 'in']);
/** The same in other languages, whose words end in more of them by chance. */
export const SHORT_ANYWHERE: ReadonlySet<string> = new Set(['id', 'nr', 'ip', 'kg', 'cm', 'mm', 'km']);
/** What German and Dutch put between the parts of a compound. */
const LINKS = ['s', 'es', 'n', 'en', 'e'];
/** Behind these an s always stands between: `Auftragskonto` has no `Skonto`. */
const TAKES_S = /(ung|heit|keit|schaft|ion|taet|tat|tum|ling|trag|gang|zug)$/;
/** Less than nothing, so that it is chosen before a word that begins with the s. */
const LINKED = -0.05;
const LONGEST = 48;
const SHORTEST = 5;
const MOST_PARTS = 4;

interface Split {
  readonly cost: number;
  readonly parts: readonly string[];
}

/**
 * The known words that a word is made of, when they cover all of it: `zipcode` gives zip, code. Fewer and longer parts win.
 * @param linked whether letters may stand between two parts, as in `geburt-s-datum`
 */
export function segment(
  word: string,
  isKnown: (part: string) => boolean,
  linked = false,
  short: ReadonlySet<string> = SHORT,
): readonly string[] | undefined {
  if (word.length < SHORTEST || word.length > LONGEST) return undefined;
  const best: (Split | undefined)[] = [{ cost: 0, parts: [] }];
  for (let end = 2; end <= word.length; end++) {
    for (let start = Math.max(0, end - 20); start <= end - 2; start++) {
      const before = best[start];
      if (before === undefined || before.parts.length === MOST_PARTS) continue;
      // Parts of two letters stand at the edges only.
      if (end - start === 2 && start > 0 && end < word.length) continue;
      const part = word.slice(start, end);
      if (!isPart(part, start, isKnown, short)) continue;
      extend(end, { cost: before.cost + costOf(part), parts: [...before.parts, part] });
    }
  }
  const found = best[word.length];
  return found !== undefined && found.parts.length > 1 ? found.parts : undefined;

  function extend(end: number, split: Split): void {
    if (split.cost < (best[end]?.cost ?? Number.POSITIVE_INFINITY)) best[end] = split;
    if (!linked || (split.parts.at(-1) as string).length < 4) return;
    for (const link of LINKS) {
      const after = end + link.length;
      if (!word.startsWith(link, end) || word.length - after < 4) continue;
      const cost = split.cost + (link === 's' && TAKES_S.test(split.parts.at(-1) as string) ? LINKED : 0.4);
      if (cost < (best[after]?.cost ?? Number.POSITIVE_INFINITY)) best[after] = { cost, parts: split.parts };
    }
  }
}

function isPart(part: string, start: number, isKnown: (part: string) => boolean, short: ReadonlySet<string>): boolean {
  if (part.length > 2) return isKnown(part);
  return short.has(part) || (short === SHORT && start === 0 && IN_FRONT.has(part));
}

const costOf = (part: string): number => (part.length === 2 ? 1.3 : part.length === 3 ? 1.4 : 1);
