import { LANGUAGES, type Language } from './languages.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Weights are whole numbers: their sum is the same in any order of the names. */
const WORD = 10;
/** Of a word that is English too. */
const ENGLISH_TOO = 1;
const AMBIGUOUS = 2;
/** What the locale says is worth as much as a word and a little more. */
const OF_LOCALE = 12;
const LEAST = 10;
/** Of a language that is not the locale's, so many names have a word at least: some words are English by chance. */
const SHARE = 0.15;
/** Names of more words are not looked up as a whole. */
const LONGEST_PHRASE = 5;
/** Its names of columns are those of Danish, but for a letter. */
const NORWEGIAN = new Set(['nb', 'nn', 'no']);

/**
 * The language besides English in which a table's names are written, undefined when they are English.
 * @param names of the columns and the table, each as its folded words
 */
export function guessLanguage(
  names: readonly (readonly string[])[],
  locale: string,
  vocabulary: Vocabulary,
): Language | undefined {
  const votes = new Map<Language, number>();
  const vote = (language: Language, weight: number): void => {
    votes.set(language, (votes.get(language) ?? 0) + weight);
  };
  for (const name of names) {
    for (let i = 0; i < name.length; i++) {
      const entry = vocabulary.get(name[i] as string);
      if (entry === undefined) continue;
      for (const language of entry.spoken) vote(language, entry.english ? ENGLISH_TOO : WORD);
      if (entry.ambiguous !== undefined) for (const language of entry.ambiguous.keys()) vote(language, AMBIGUOUS);
      if (i === 0 && name.length > 1 && name.length <= Math.min(entry.phrase, LONGEST_PHRASE))
        for (const language of vocabulary.get(name.join(' '))?.spoken ?? []) vote(language, WORD);
    }
  }
  const [spokenThere = ''] = locale.toLowerCase().split(/[-_]/);
  const ofLocale = LANGUAGES.find((language) => language === (NORWEGIAN.has(spokenThere) ? 'da' : spokenThere));
  if (ofLocale !== undefined) vote(ofLocale, OF_LOCALE);
  let best: Language | undefined;
  for (const language of LANGUAGES)
    if ((votes.get(language) ?? 0) > (best === undefined ? 0 : (votes.get(best) ?? 0))) best = language;
  const least = best === ofLocale ? LEAST : Math.max(LEAST, names.length * WORD * SHARE);
  return best !== undefined && (votes.get(best) ?? 0) > least ? best : undefined;
}
