import type { Language } from './languages.ts';
import type { Entry, Vocabulary } from './vocabulary.ts';

/** What a word means in a language, where it is known there. */
export const meaning = (word: string, language: Language, vocabulary: Vocabulary): readonly string[] | undefined =>
  meaningOf(vocabulary.get(word), language);

/** The same of a word that was looked up. */
export const meaningOf = (entry: Entry | undefined, language: Language): readonly string[] | undefined =>
  entry === undefined ? undefined : (ownMeaning(entry, language) ?? entry.ambiguous?.get(language));

/** The same without meanings of words that are English as well. */
export function ownMeaning({ spoken, meanings }: Entry, language: Language): readonly string[] | undefined {
  const at = spoken.indexOf(language);
  return at < 0 ? undefined : meanings[at];
}
