import { type Reading, read } from '../parse-name/reading.ts';
import { isOfSap } from '../rules/sap-rules.ts';
import { guessEntity } from '../table/guess-entity.ts';
import type { Hint } from '../table/read-hint.ts';
import type { TableContext } from '../table/table-context.ts';
import { firstAlternative } from './alternatives.ts';
import { fold, foldUmlauts } from './fold.ts';
import { withoutGluedPrefix } from './glued-prefix.ts';
import { guessLanguage } from './guess-language.ts';
import { withoutLanguages } from './language-suffix.ts';
import type { Language } from './languages.ts';
import { plainName } from './plain-name.ts';
import { singular } from './singular.ts';
import { splitWords } from './split-words.ts';
import { withoutTable } from './table-affixes.ts';
import { translate } from './translate.ts';
import { spellTypePrefixes } from './type-prefixes.ts';
import { isForeign, isWord, type Vocabulary, vocabulary } from './vocabulary.ts';

export interface ReadTable {
  readonly readings: readonly Reading[];
  readonly context: TableContext;
  readonly language: Language | undefined;
  /** For each column the code of the language that the end of its name says its values are in. */
  readonly languages: readonly (string | undefined)[];
}

/** Share of columns with foreign words from which on a word that is English as well is taken for foreign. */
const MOSTLY_FOREIGN = 0.4;
/** Words of addresses and phones that do not make a table one of buildings: `house_no`, `home_phone`. */
const OF_ADDRESSES = new Set(['house', 'home']);
/** How much more foreign words tell where the locale is of their language. */
const OF_LOCALE = 2;

/** Reads all names of a table together: its language, the prefix they share, and what its rows are. */
export function readTable(names: readonly string[], table: string | undefined, hint: Hint, locale: string): ReadTable {
  const words = vocabulary();
  const tableWords = table === undefined ? [] : wordsIn(table, words);
  const split = withoutTable(
    withoutGluedPrefix(
      names.map((name) => wordsIn(name, words)),
      (word) => isWord(words.get(word)),
    ),
    tableWords,
  );
  const language = guessLanguage([...split, tableWords], locale, words);
  const { names: spelt, languages } = withoutLanguages(spellTypePrefixes(split, language));
  const raw = new Set<string>([...tableWords, ...hint.words]);
  for (const name of spelt) for (const word of name) raw.add(word);
  const mostlyForeign =
    language !== undefined &&
    (locale.startsWith(language) ? OF_LOCALE : 1) *
      spelt.filter((name) => name.some((word) => isForeign(word, language, words))).length >=
      spelt.length * MOSTLY_FOREIGN;
  const inEnglish = (name: readonly string[]): ReturnType<typeof translate> =>
    translate(name, language, raw, words, mostlyForeign);
  const readings = spelt.map((name, i) => read(names[i] as string, name, inEnglish(name), language));
  const tableInEnglish = inEnglish(tableWords).map(({ text }) => text);
  const hintInEnglish = inEnglish(hint.words).map(({ text }) => text);
  const heads = new Set(readings.map((reading) => singular(reading.words.at(-1) ?? '')));
  const columns = new Set<string>();
  const written = new Set<string>();
  for (const { wordsText, spokenText, rawText } of readings) {
    columns.add(wordsText).add(spokenText);
    written.add(rawText);
  }
  const subject = new Set([...tableInEnglish, ...hintInEnglish].flatMap((word) => [word, singular(word)]));
  const { entity, entityClass } = guessEntity(tableInEnglish, hintInEnglish, columns);
  const near = new Set(subject);
  for (const { spoken } of readings)
    for (const word of spoken) if (!OF_ADDRESSES.has(word)) near.add(word).add(singular(word));
  if (entity !== undefined) near.add(entity);
  if (entityClass !== undefined) near.add(entityClass);
  if (isOfSap(names)) near.add('sap');
  return { readings, languages, context: { near, subject, columns, written, heads, entity, entityClass }, language };
}

/** The folded words of a name; umlauts are spelt out where a known word is written so. */
function wordsIn(name: string, vocabulary: Vocabulary): string[] {
  const written = splitWords(firstAlternative(plainName(name), (text) => areWords(text, vocabulary)));
  return joined(shifted(written, vocabulary), vocabulary).map((word) => {
    const folded = fold(word);
    const spelt = foldUmlauts(word);
    return spelt !== undefined && !isForeign(folded, 'de', vocabulary) ? spelt : folded;
  });
}

/** A last capital that belongs to the capitals in front, where only that makes the rest a word: `PTRignore`. */
function shifted(words: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const at = words.findIndex((word, i) => i > 0 && CAPITALS.test(words[i - 1] as string) && CAPITALISED.test(word));
  if (at < 0) return words;
  const word = words[at] as string;
  if (isWord(vocabulary.get(fold(word))) || !isWord(vocabulary.get(fold(word.slice(1))))) return words;
  return [...words.slice(0, at - 1), (words[at - 1] as string) + word[0], word.slice(1), ...words.slice(at + 1)];
}

const CAPITALS = /^[A-Z]{2,}$/;
const CAPITALISED = /^[A-Z][a-z]{3,}$/;

/** Capitals inside a word do not divide it: MwSt, PayPal. */
function joined(words: readonly string[], vocabulary: Vocabulary): readonly string[] {
  if (words.length < 2) return words;
  const kept: string[] = [];
  for (const word of words) {
    const before = kept.at(-1);
    const isOne =
      before !== undefined && word.length < 8 && !(before.length > 2 && BEHIND.has(word)) && !ASKING.has(before);
    const both = isOne ? fold(before + word) : '';
    if (
      isOne &&
      isWord(vocabulary.get(both)) &&
      (before.length + word.length < 5 || !(isWord(vocabulary.get(fold(before))) && isWord(vocabulary.get(fold(word)))))
    )
      kept[kept.length - 1] = both;
    else kept.push(word);
  }
  return kept;
}

/** Prepositions behind what was done stay words: `cree_par`, `erfasst_von`. */
const BEHIND = new Set([
  'par',
  'por',
  'da',
  'von',
  'durch',
  'door',
  'le',
  'am',
  'op',
  'uit',
  'em',
  'en',
  'il',
  'el',
  'av',
  'af',
]);
/** Words in front that ask a question of what stands behind: `is_in_stock` has no ISIN. */
const ASKING = new Set(['is', 'Is', 'IS', 'has', 'Has', 'HAS']);

const areWords = (text: string, vocabulary: Vocabulary): boolean =>
  splitWords(text).every(
    (word) => isWord(vocabulary.get(fold(word))) || isWord(vocabulary.get(foldUmlauts(word) ?? '')),
  );
