import type { Language, Vocabulary } from './vocabulary.ts';

/** What a word means in a language, where it is known there. */
export function meaning(
  word: string,
  language: Language,
  { foreign, ambiguous }: Vocabulary,
): readonly string[] | undefined {
  return foreign.get(language)?.get(word) ?? ambiguous.get(word)?.get(language);
}
