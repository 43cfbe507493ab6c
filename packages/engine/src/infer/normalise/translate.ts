import { canBe } from './can-be.ts';
import { COMPOUNDING, compound } from './compound.ts';
import { heard, withoutArticle } from './hear.ts';
import { inflected, isInflection } from './inflect.ts';
import type { Language } from './languages.ts';
import { meaning, meaningOf } from './meaning.ts';
import { mend } from './mend.ts';
import { cutOff, gluedShort, spelledOut } from './short-words.ts';
import { singular } from './singular.ts';
import { splitAffix } from './split-affix.ts';
import { type Entry, isForeign, isWord, type Vocabulary } from './vocabulary.ts';
import type { Word } from './word.ts';

/** Words of a phrase that is looked up as a whole. */
const LONGEST_PHRASE = 5;
/** Of Arabic, which names write as words. */
const ARTICLES = new Set(['al', 'el', 'ul']);
/** Known parts of words whose rest is not known are no shorter. */
const LEAST_PART = 5;
/** What is left of them is no shorter. */
const LEAST_REST = 3;
/** Shorter words of other languages are other words in English tables: `lit`, `lien`. */
const LEAST_ALIEN = 5;

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
  const translated: Word[] = [];
  // A word that is English too keeps that meaning, unless the words around it are foreign.
  const reading =
    language !== undefined &&
    (words.some((word) => isForeign(word, language, vocabulary)) ||
      (mostlyForeign && words.every((word) => isForeignToo(vocabulary.get(word)))))
      ? 'foreign'
      : 'english';
  const full = language === undefined ? words : allSpelledOut(words, language, vocabulary);
  for (let at = 0; at < words.length; ) {
    const phrase =
      phraseAt(words, at, language, vocabulary) ??
      (full === words ? undefined : phraseAt(full, at, language, vocabulary));
    if (phrase !== undefined) {
      for (const text of phrase.to) translated.push({ text, from: phrase.language, at });
      at += phrase.length;
      continue;
    }
    if (language === 'ar' && words.length > 1 && ARTICLES.has(words[at] as string)) {
      at++;
      continue;
    }
    const word = full[at] as string;
    const own = language !== undefined && reading === 'english' && isAmbiguous(word, vocabulary) ? undefined : language;
    for (const each of translateWord(word, own, near, vocabulary))
      if (each.text !== translated.at(-1)?.text) translated.push({ ...each, at: at + (each.at ?? 0) });
    at++;
  }
  return translated;
}

/** The words with short forms spelled out; the same where there are none. */
function allSpelledOut(words: readonly string[], language: Language, vocabulary: Vocabulary): readonly string[] {
  let full: string[] | undefined;
  for (const [i, word] of words.entries()) {
    const spelled = spelledOut(word, language, vocabulary);
    if (spelled === undefined) continue;
    full ??= [...words];
    full[i] = spelled;
  }
  return full ?? words;
}

const isForeignToo = (entry: Entry | undefined): boolean =>
  entry === undefined || !entry.english || entry.ambiguous !== undefined;

function isAmbiguous(word: string, vocabulary: Vocabulary): boolean {
  const entry = vocabulary.get(word);
  return entry?.english === true && entry.ambiguous !== undefined;
}

function phraseAt(
  words: readonly string[],
  at: number,
  language: Language | undefined,
  vocabulary: Vocabulary,
): { to: readonly string[]; language: Language; length: number } | undefined {
  const left = words.length - at;
  const longest = left < 2 ? 0 : (vocabulary.get(words[at] as string)?.phrase ?? 0);
  for (let length = Math.min(LONGEST_PHRASE, left, longest); length > 1; length--) {
    const entry = vocabulary.get(words.slice(at, at + length).join(' '));
    if (entry === undefined) continue;
    const which = language === undefined ? 0 : entry.spoken.indexOf(language);
    const to = entry.meanings[which];
    if (to !== undefined) return { to, language: entry.spoken[which] as Language, length };
  }
  return undefined;
}

function translateWord(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] {
  const entry = vocabulary.get(word);
  const own = language === undefined ? undefined : meaningOf(entry, language);
  if (language !== undefined && own !== undefined) return own.map((text) => ({ text, from: language }));
  const isEnglish = entry?.english === true;
  const expansion = entry?.expansions;
  const fitting = expansion?.find(({ near: needed }) => needed.some((other) => near.has(other)));
  // Short forms stand where words of the table's language do: their head is in front as well.
  const headFirst = language !== undefined && HEAD_FIRST.has(language) && !isEnglish ? language : undefined;
  if (fitting !== undefined) return fitting.to.map((text) => ({ text, from: headFirst }));
  const usual = expansion?.find(({ near: needed }) => needed.length === 0);
  if (usual !== undefined) return usual.to.map((text) => ({ text, from: headFirst }));
  if (isEnglish || vocabulary.get(singular(word))?.english === true) return [{ text: word }];
  const alien = language === undefined && word.length < LEAST_ALIEN ? undefined : entry?.spoken[0];
  if (alien !== undefined) return (entry?.meanings[0] ?? []).map((text) => ({ text, from: alien }));
  if (entry?.part === true || isInflection(word, vocabulary)) return [{ text: word }];
  const bare = language === 'ar' ? withoutArticle(word) : undefined;
  const article = bare === undefined ? undefined : meaning(bare, 'ar', vocabulary);
  if (article !== undefined) return article.map((text) => ({ text, from: 'ar' }));
  return (
    inflected(word, language, vocabulary) ??
    (language !== undefined && canBe(word) ? [{ text: word }] : undefined) ??
    (language === 'ar' ? heard(word, vocabulary) : undefined) ??
    composed(word, language, near, vocabulary) ??
    shortened(word, language, near, vocabulary) ??
    mended(word, language, near, vocabulary) ??
    affixed(word, language, near, vocabulary) ?? [{ text: word }]
  );
}

const HEAD_FIRST: ReadonlySet<Language> = new Set(['fr', 'es', 'pt', 'it']);
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
  const isKnown = (part: string): boolean => {
    const entry = vocabulary.get(part);
    return TOGETHER.has(part) || isWord(entry) || entry?.ambiguous !== undefined;
  };
  return placed(parts, (part) => (isKnown(part) ? translateWord(part, language, near, vocabulary) : [{ text: part }]));
}

/** A word that is made of short forms of its language, or that is cut off. */
function shortened(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  if (language === undefined) return undefined;
  const parts = gluedShort(word, language, vocabulary);
  if (parts !== undefined)
    return translate(parts, language, near, vocabulary).map(({ at = 0, ...each }) => ({ ...each, at: at / 10 }));
  const full = cutOff(word, language, vocabulary);
  return full === undefined ? undefined : translateWord(full, language, near, vocabulary);
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

/** A word that is made of known ones. */
function composed(
  word: string,
  language: Language | undefined,
  near: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Word[] | undefined {
  const made = compound(word, language, vocabulary);
  return made && placed(made.parts, (part) => translateWord(part, made.language, near, vocabulary));
}

/** The longest word of its language that an unknown word ends in, where heads come last, or begins with. */
function splitKnown(
  word: string,
  language: Language | undefined,
  vocabulary: Vocabulary,
): readonly [string, string] | undefined {
  if (language === undefined) return undefined;
  const last = COMPOUNDING.includes(language);
  for (let length = Math.min(word.length - LEAST_REST, 20); length >= LEAST_PART; length--) {
    const at = last ? word.length - length : length;
    const part = last ? word.slice(at) : word.slice(0, at);
    if (meaning(part, language, vocabulary) !== undefined) return [word.slice(0, at), word.slice(at)];
  }
  return undefined;
}

/** What the parts of a word became; which part each comes from counts as a place between two words. */
const placed = (parts: readonly string[], translated: (part: string) => Word[]): Word[] =>
  parts.flatMap((part, index) => translated(part).map((each) => ({ ...each, at: index / 10 })));
