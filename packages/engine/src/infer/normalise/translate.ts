import { heard, withoutArticle } from './hear.ts';
import { inflected, isInflection } from './inflect.ts';
import { meaning } from './meaning.ts';
import { mend } from './mend.ts';
import { SHORT_ANYWHERE, segment } from './segment.ts';
import { singular } from './singular.ts';
import { splitAffix } from './split-affix.ts';
import { LANGUAGES, type Language, type Vocabulary } from './vocabulary.ts';
import type { Word } from './word.ts';

/** Words of a phrase that is looked up as a whole. */
const LONGEST_PHRASE = 5;
/** Of Arabic, which names write as words. */
const ARTICLES = new Set(['al', 'el', 'ul']);
/** Known parts of words whose rest is not known are no shorter. */
const LEAST_PART = 5;
const COMPOUNDING: readonly Language[] = ['de', 'nl', 'sv', 'da'];

/**
 * A name's words in English: foreign words of the table's language first, then English ones, abbreviations, words of other
 * languages, and words that are made of known ones. What is not known stays.
 * @param near words of the table, its columns and the hint; they tell which meaning an abbreviation has
 */
export function translate(
  words: readonly string[],
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
  mostlyForeign = false,
): Word[] {
  const { english, ambiguous } = vocabulary;
  const translated: Word[] = [];
  const foreignWords =
    language === undefined ? 0 : words.filter((word) => vocabulary.foreign.get(language)?.has(word)).length;
  // A word that is English too keeps that meaning, unless the words around it are foreign.
  const reading =
    language !== undefined &&
    (foreignWords > 0 || (mostlyForeign && words.every((word) => !english.has(word) || ambiguous.has(word))))
      ? 'foreign'
      : 'english';
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(words, at, language, vocabulary);
    if (phrase !== undefined) {
      for (const text of phrase.to) translated.push({ text, from: phrase.language, at });
      at += phrase.length;
      continue;
    }
    if (language === 'ar' && words.length > 1 && ARTICLES.has(words[at] as string)) {
      at++;
      continue;
    }
    const word = words[at] as string;
    const own = language !== undefined && reading === 'english' && isAmbiguous(word, vocabulary) ? undefined : language;
    for (const each of translateWord(word, own, near, vocabulary))
      if (each.text !== translated.at(-1)?.text) translated.push({ ...each, at: at + (each.at ?? 0) });
    at++;
  }
  return translated;
}

const isAmbiguous = (word: string, { english, ambiguous }: Vocabulary): boolean =>
  ambiguous.has(word) && english.has(word);

function phraseAt(
  words: readonly string[],
  at: number,
  language: Language | undefined,
  { foreign, spoken }: Vocabulary,
): { to: readonly string[]; language: Language; length: number } | undefined {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 1; length--) {
    const phrase = words.slice(at, at + length).join(' ');
    for (const candidate of spoken.get(phrase) ?? []) {
      if (language !== undefined && candidate !== language) continue;
      const to = foreign.get(candidate)?.get(phrase);
      if (to !== undefined) return { to, language: candidate, length };
    }
  }
  return undefined;
}

function translateWord(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] {
  const { english, abbreviations } = vocabulary;
  const own = language === undefined ? undefined : meaning(word, language, vocabulary);
  if (language !== undefined && own !== undefined) return own.map((text) => ({ text, from: language }));
  const expansion = abbreviations.get(word);
  const fitting = expansion?.find(({ near: needed }) => needed.some((other) => near.has(other)));
  if (fitting !== undefined) return fitting.to.map((text) => ({ text }));
  const usual = expansion?.find(({ near: needed }) => needed.length === 0);
  if (usual !== undefined) return usual.to.map((text) => ({ text }));
  if (english.has(word) || english.has(singular(word))) return [{ text: word }];
  for (const other of vocabulary.spoken.get(word) ?? []) {
    const to = vocabulary.foreign.get(other)?.get(word);
    if (to !== undefined) return to.map((text) => ({ text, from: other }));
  }
  if (vocabulary.parts.has(word) || isInflection(word, vocabulary)) return [{ text: word }];
  const bare = language === 'ar' ? withoutArticle(word) : undefined;
  const article = bare === undefined ? undefined : meaning(bare, 'ar', vocabulary);
  if (article !== undefined) return article.map((text) => ({ text, from: 'ar' }));
  return (
    inflected(word, language, vocabulary) ??
    (language === 'ar' ? heard(word, vocabulary) : undefined) ??
    compound(word, language, near, vocabulary) ??
    mended(word, language, near, vocabulary) ??
    affixed(word, language, near, vocabulary) ?? [{ text: word }]
  );
}

/** Ends of two words. */
const TOGETHER = new Set(['ipaddress', 'macaddress']);

function affixed(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  const parts = splitAffix(word, language === undefined) ?? splitKnown(word, language, vocabulary);
  if (parts === undefined) return undefined;
  const { english, parts: common, abbreviations } = vocabulary;
  const isKnown = (part: string): boolean =>
    english.has(part) ||
    common.has(part) ||
    TOGETHER.has(part) ||
    abbreviations.has(part) ||
    LANGUAGES.some((other) => meaning(part, other, vocabulary) !== undefined);
  return placed(parts, (part) => (isKnown(part) ? translateWord(part, language, near, vocabulary) : [{ text: part }]));
}

/** A word that is misspelt: the one it was meant to be. */
function mended(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  const right = mend(word, language, vocabulary);
  return right === undefined ? undefined : translateWord(right, language, near, vocabulary);
}

/** The longest word of its language that an unknown word ends in, where heads come last, or begins with. */
function splitKnown(
  word: string,
  language: Language | undefined,
  vocabulary: Vocabulary,
): readonly [string, string] | undefined {
  if (language === undefined) return undefined;
  const last = COMPOUNDING.includes(language);
  for (let length = Math.min(word.length - 2, 20); length >= LEAST_PART; length--) {
    const at = last ? word.length - length : length;
    const part = last ? word.slice(at) : word.slice(0, at);
    if (meaning(part, language, vocabulary) !== undefined) return [word.slice(0, at), word.slice(at)];
  }
  return undefined;
}

/** What the parts of a word became; which part each comes from counts as a place between two words. */
const placed = (parts: readonly string[], translated: (part: string) => Word[]): Word[] =>
  parts.flatMap((part, index) => translated(part).map((each) => ({ ...each, at: index / 10 })));

/** Names by themselves that are no parts of others: `modelname` ends in `name`. */
const WHOLE_ONLY = new Set(['lname', 'fname', 'mname', 'uname']);
/** Words of few letters that foreign names are made with as well. */
const SHORT_PARTS = new Set('id nr no ip url pdf sms tel fax web app api sql xml gps pin iban bic ean zip'.split(' '));

function compound(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  const { english, parts: common, abbreviations } = vocabulary;
  const languages = language === undefined ? COMPOUNDING : [language, ...COMPOUNDING.filter((l) => l !== language)];
  // Short English words are in foreign ones by chance: `pointage`, `ostatnie`.
  const least = language === undefined ? 0 : 3;
  const inEnglish = (part: string): boolean =>
    !WHOLE_ONLY.has(part) &&
    (part.length > least || SHORT_PARTS.has(part)) &&
    (english.has(part) || english.has(`${part}s`) || common.has(part) || (part.length > 2 && abbreviations.has(part)));
  const short = language === undefined ? undefined : SHORT_ANYWHERE;
  const plain = segment(word, inEnglish, false, short);
  if (plain !== undefined && language === undefined)
    return placed(plain, (part) => translateWord(part, undefined, near, vocabulary));
  for (const candidate of languages) {
    const isKnown = (part: string): boolean =>
      meaning(part, candidate, vocabulary) !== undefined ||
      (english.has(part) && (part.length > least || SHORT_PARTS.has(part)));
    const parts = segment(word, isKnown, COMPOUNDING.includes(candidate), short);
    if (parts !== undefined) return placed(parts, (part) => translateWord(part, candidate, near, vocabulary));
  }
  return plain && placed(plain, (part) => translateWord(part, language, near, vocabulary));
}
