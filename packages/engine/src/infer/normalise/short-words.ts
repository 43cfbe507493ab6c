import shortData from '../data/words-short.json' with { type: 'json' };
import type { Language } from './languages.ts';
import { meaning } from './meaning.ts';
import { segment } from './segment.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Short forms that names are made of, by language, and the words that they are short for. */
const short: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(shortData).map(([language, words]) => [language, new Map(Object.entries(words))]),
);
/** Those of two letters, which stand only at the edges of a name written without gaps. */
const pairs: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...short].map(([language, words]) => [language, new Set([...words.keys()].filter((word) => word.length === 2))]),
);
/** Languages whose words are cut short at the end; in others a word that begins another is a word of its own. */
const CUT: ReadonlySet<Language> = new Set(['it', 'es', 'pt', 'fr']);
/** Fewer letters begin too many words. */
const LEAST_CUT = 4;
/** What is cut off is more than an ending, and not most of a phrase. */
const LEAST_OFF = 2;
const MOST_OFF = 8;

/** Short forms that are English words by themselves, as tables in other languages have them too. */
const WORDS = new Set(
  'age end log part fat leg port art best ape act mov pos com not per res par gen est des rag'.split(' '),
);

let byStart: Map<Language, Map<string, string[]>> | undefined;

/** The word that a short form is short for in a language: `fec` is `fecha`; undefined where it is a word by itself. */
export function spelledOut(word: string, language: Language, vocabulary: Vocabulary): string | undefined {
  const full = short.get(language)?.get(word);
  if (full === undefined || WORDS.has(word) || meaning(word, language, vocabulary) !== undefined) return undefined;
  return full;
}

/** The words of a name that is nothing but short forms and words without gaps: `codfis` gives codice, fiscale. */
export function gluedShort(word: string, language: Language, vocabulary: Vocabulary): string[] | undefined {
  const forms = short.get(language);
  if (forms === undefined) return undefined;
  const isKnown = (part: string): boolean => forms.has(part) || meaning(part, language, vocabulary) !== undefined;
  return segment(word, isKnown, false, pairs.get(language))?.map((part) => forms.get(part) ?? part);
}

/** The shortest word of a language that begins with a word nobody knows: `indir` is `indirizzo`. */
export function cutOff(word: string, language: Language, vocabulary: Vocabulary): string | undefined {
  if (word.length < LEAST_CUT || !CUT.has(language)) return undefined;
  byStart ??= new Map();
  let index = byStart.get(language);
  if (index === undefined) {
    index = indexed(language, vocabulary);
    byStart.set(language, index);
  }
  return index
    .get(word.slice(0, LEAST_CUT))
    ?.find(
      (full) =>
        full.startsWith(word) && full.length - word.length >= LEAST_OFF && full.length - word.length <= MOST_OFF,
    );
}

/** Words by how they begin, the shortest first. */
function indexed(language: Language, vocabulary: Vocabulary): Map<string, string[]> {
  const index = new Map<string, string[]>();
  const words: string[] = [];
  vocabulary.forEach(({ spoken }, word) => {
    if (spoken.includes(language)) words.push(word);
  });
  for (const word of words.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (word.includes(' ') || word.length < LEAST_CUT + LEAST_OFF) continue;
    const known = index.get(word.slice(0, LEAST_CUT));
    if (known === undefined) index.set(word.slice(0, LEAST_CUT), [word]);
    else known.push(word);
  }
  return index;
}
