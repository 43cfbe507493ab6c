import { withinOneEdit } from './within-one-edit.ts';

/** Share of columns that begin alike before what they begin with is taken for the table's prefix. */
const MOSTLY = 0.8;
/** The same where what they share is what the table is called. */
const MANY = 0.4;
const LEAST_COLUMNS = 4;
const LEAST_ALIKE = 3;
const MOST_TIMES = 3;
/** Shorter endings of words without gaps are there by chance. */
const SHORTEST_TAIL = 5;
/** What is left of such a word has to be one. */
const LEAST_LEFT = 2;
/** Words that are the same in many names without being a prefix of the table. */
const TELLING = new Set([
  'is',
  'has',
  'num',
  'date',
  'id',
  'min',
  'max',
  'total',
  'avg',
  'last',
  'first',
  ...'config feature features perm permission amenity equipment supports'.split(' '),
]);

/**
 * The names without what most of them share: a first word (`cst_email`), or the table's own name in front, behind or at the
 * end of a word written without gaps (`fornecedor_cep`, `EmailClub`, `correoempleado`). What is left of a name is never empty.
 * @param names of the columns, each as its folded words
 * @param table its folded words
 */
export function withoutTable(
  names: readonly (readonly string[])[],
  table: readonly string[],
): readonly (readonly string[])[] {
  if (names.length < LEAST_COLUMNS) return names;
  const stems = table.filter((word) => word.length > 3).map(stem);
  let kept = names;
  for (let time = 0; time < MOST_TIMES; time++) {
    const cut = withoutLast(withoutFirst(kept, stems, time === 0), stems);
    if (cut === kept) break;
    kept = cut;
  }
  return withoutTails(kept, stems);
}

/** A noun without the ending of its plural, in the languages of Europe: fornecedores, fahrzeuge, prodotti. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(es|en|s|e|i|o|a|as|os)$/, '') : word);

/** Whether a word is what the table is called, or the beginning of that. */
const isTable = (word: string, stems: readonly string[]): boolean =>
  stems.some((each) => (word.length > 3 ? stem(word) === each : word.length > 1 && each.startsWith(word)));

function withoutFirst(
  names: readonly (readonly string[])[],
  stems: readonly string[],
  any: boolean,
): readonly (readonly string[])[] {
  for (const [first, count] of commonest(names, (name) => name[0] as string)) {
    if (TELLING.has(first)) continue;
    const enough =
      isTable(first, stems) && first.length > 3 ? names.length * MANY : any ? names.length * MOSTLY : Infinity;
    if (count >= Math.max(enough, LEAST_ALIKE))
      return names.map((name) => (name[0] === first && name.length > 1 && !isNumbered(name) ? name.slice(1) : name));
  }
  return names;
}

/** What is called by a number of its own, which says more with it: `account_number`. */
const isNumbered = ([first, second]: readonly string[]): boolean => first === 'account' && second === 'number';

function withoutLast(names: readonly (readonly string[])[], stems: readonly string[]): readonly (readonly string[])[] {
  for (const [last, count] of commonest(names, (name) => name.at(-1) as string))
    if (count >= Math.max(names.length * MANY, LEAST_ALIKE) && !TELLING.has(last) && isTable(last, stems))
      return names.map((name) => (name.at(-1) === last && name.length > 1 ? name.slice(0, -1) : name));
  return names;
}

/** How often what enough names of several words share occurs; in an order that is not that of the names. */
function commonest(
  names: readonly (readonly string[])[],
  of: (name: readonly string[]) => string,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name.length > 1) counts.set(of(name), (counts.get(of(name)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= LEAST_ALIKE).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function withoutTails(names: readonly (readonly string[])[], stems: readonly string[]): readonly (readonly string[])[] {
  const cut = names.map((name) => {
    const last = name.at(-1) ?? '';
    for (const each of stems) {
      const at = tailAt(last, each);
      if (at !== undefined) return [...name.slice(0, -1), last.slice(0, at)];
    }
    return name;
  });
  return cut.filter((name, i) => name !== names[i]).length >= LEAST_ALIKE ? cut : names;
}

/** Where the table's name begins at the end of a word, a letter of it being wrong or not. */
function tailAt(word: string, each: string): number | undefined {
  if (each.length < SHORTEST_TAIL) return undefined;
  for (const ending of [0, 1, 2])
    for (const more of [0, -1, 1]) {
      const at = word.length - ending - each.length - more;
      if (at < LEAST_LEFT) continue;
      const tail = word.slice(at, word.length - ending);
      if (tail[0] === each[0] && (more === 0 ? tail === each : withinOneEdit(tail, each))) return at;
    }
  return undefined;
}
