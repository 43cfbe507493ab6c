import { type Reading, read } from '../parse-name/reading.ts';
import { isOfSap } from '../rules/sap-rules.ts';
import { guessEntity } from '../table/guess-entity.ts';
import type { Hint } from '../table/read-hint.ts';
import type { TableContext } from '../table/table-context.ts';
import { fold, foldUmlauts } from './fold.ts';
import { guessLanguage } from './guess-language.ts';
import { splitWords } from './split-words.ts';
import { singular, translate } from './translate.ts';
import { type Language, vocabulary } from './vocabulary.ts';

export interface ReadTable {
  readonly readings: readonly Reading[];
  readonly context: TableContext;
  readonly language: Language | undefined;
}

/** Share of columns that begin alike before what they begin with is taken for the table's prefix. */
const MOSTLY = 0.8;
/** Share of columns with foreign words from which on a word that is English as well is taken for foreign. */
const MOSTLY_FOREIGN = 0.4;
const LEAST_COLUMNS = 4;
/** Words that are the same in many names without being a prefix of the table. */
const TELLING = new Set(['is', 'has', 'num', 'date', 'id', 'min', 'max', 'total', 'avg', 'last', 'first']);

/** Reads all names of a table together: its language, the prefix they share, and what its rows are. */
export function readTable(names: readonly string[], table: string | undefined, hint: Hint, locale: string): ReadTable {
  const words = vocabulary();
  const split = withoutPrefix(names.map(wordsIn));
  const tableWords = table === undefined ? [] : wordsIn(table);
  const language = guessLanguage([...split, tableWords], locale, words);
  const raw = new Set<string>([...tableWords, ...hint.words]);
  for (const name of split) for (const word of name) raw.add(word);
  const mostlyForeign =
    language !== undefined &&
    split.filter((name) => name.some((word) => words.foreign.get(language)?.has(word))).length >=
      split.length * MOSTLY_FOREIGN;
  const inEnglish = (name: readonly string[]): ReturnType<typeof translate> =>
    translate(name, language, raw, words, mostlyForeign);
  const readings = split.map((name, i) => read(names[i] as string, name, inEnglish(name)));
  const tableInEnglish = inEnglish(tableWords).map(({ text }) => text);
  const hintInEnglish = inEnglish(hint.words).map(({ text }) => text);
  const heads = new Set(readings.map((reading) => singular(reading.words.at(-1) ?? '')));
  const columns = new Set(readings.flatMap((reading) => [reading.words.join(' '), reading.spoken.join(' ')]));
  const subject = new Set([...tableInEnglish, ...hintInEnglish].flatMap((word) => [word, singular(word)]));
  const { entity, entityClass } = guessEntity(tableInEnglish, hintInEnglish, columns);
  const near = new Set(subject);
  for (const { spoken } of readings) for (const word of spoken) near.add(word).add(singular(word));
  if (entity !== undefined) near.add(entity);
  if (entityClass !== undefined) near.add(entityClass);
  if (isOfSap(names)) near.add('sap');
  return { readings, context: { near, subject, columns, heads, entity, entityClass }, language };
}

/** The folded words of a name; umlauts are spelt out where a known word is written so. */
function wordsIn(name: string): string[] {
  const { foreign } = vocabulary();
  return joined(splitWords(name)).map((word) => {
    const folded = fold(word);
    const spelt = foldUmlauts(word);
    return spelt !== undefined && !foreign.get('de')?.has(folded) ? spelt : folded;
  });
}

/** Capitals inside a word do not divide it: MwSt, PayPal. */
function joined(words: readonly string[]): readonly string[] {
  if (words.length < 2) return words;
  const { english, spoken, abbreviations } = vocabulary();
  const isKnown = (word: string): boolean => english.has(word) || spoken.has(word) || abbreviations.has(word);
  const kept: string[] = [];
  for (const word of words) {
    const before = kept.at(-1);
    const both = before === undefined ? '' : fold(before + word);
    if (
      before !== undefined &&
      word.length < 8 &&
      isKnown(both) &&
      (before.length + word.length < 5 || !(isKnown(fold(before)) && isKnown(fold(word))))
    )
      kept[kept.length - 1] = both;
    else kept.push(word);
  }
  return kept;
}

function withoutPrefix(names: readonly string[][]): readonly string[][] {
  if (names.length < LEAST_COLUMNS) return names;
  const firsts = new Map<string, number>();
  for (const name of names)
    if (name.length > 1) firsts.set(name[0] as string, (firsts.get(name[0] as string) ?? 0) + 1);
  for (const [first, count] of firsts)
    if (count >= names.length * MOSTLY && !TELLING.has(first))
      return names.map((name) => (name[0] === first && name.length > 1 ? name.slice(1) : name));
  return names;
}
