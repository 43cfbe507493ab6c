import type { Language } from './languages.ts';
import { meaningOf } from './meaning.ts';
import { SHORT_ANYWHERE, segment } from './segment.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Languages that write several nouns as one word, the last of which says what it is. */
export const COMPOUNDING: readonly Language[] = ['de', 'nl', 'sv', 'da'];
/** Shorter parts of other languages are other words in English tables. */
const LEAST_ALIEN_PART = 5;
/** Names by themselves that are no parts of others: `modelname` ends in `name`. */
const WHOLE_ONLY = new Set(['lname', 'fname', 'mname', 'uname']);
/** Words of few letters that foreign names are made with as well. */
const SHORT_PARTS = new Set('id nr no ip url pdf sms tel fax web app api sql xml gps pin iban bic ean zip'.split(' '));

/** A word as known ones without gaps between them. */
interface Compound {
  readonly parts: readonly string[];
  /** Of the parts. */
  readonly language: Language | undefined;
}

/** The known words that an unknown word is made of, those of the table's language first; undefined where it is not. */
export function compound(word: string, language: Language | undefined, vocabulary: Vocabulary): Compound | undefined {
  const languages = language === undefined ? COMPOUNDING : [language, ...COMPOUNDING.filter((l) => l !== language)];
  // Short English words are in foreign ones by chance: `pointage`, `ostatnie`.
  const least = language === undefined ? 0 : 3;
  const inEnglish = (part: string): boolean => {
    const entry = vocabulary.get(part);
    return (
      entry !== undefined &&
      (entry.english || entry.inPlural || entry.part || (part.length > 2 && entry.expansions !== undefined)) &&
      !WHOLE_ONLY.has(part) &&
      (part.length > least || SHORT_PARTS.has(part))
    );
  };
  const short = language === undefined ? undefined : SHORT_ANYWHERE;
  const plain = segment(word, inEnglish, false, short);
  if (plain !== undefined && language === undefined) return { parts: plain, language };
  for (const candidate of languages) {
    const isKnown = (part: string): boolean => {
      const entry = vocabulary.get(part);
      if (entry === undefined) return false;
      if (entry.english && (part.length > least || SHORT_PARTS.has(part))) return true;
      return (language !== undefined || part.length >= LEAST_ALIEN_PART) && meaningOf(entry, candidate) !== undefined;
    };
    const parts = segment(word, isKnown, COMPOUNDING.includes(candidate), short);
    if (parts !== undefined) return { parts, language: candidate };
  }
  return plain && { parts: plain, language };
}
