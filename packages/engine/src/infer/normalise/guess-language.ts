import { LANGUAGES, type Language, type Vocabulary } from './vocabulary.ts';

/** What the locale says is worth as much as this many words. */
const OF_LOCALE = 1.2;
const LEAST = 1;

/**
 * The language besides English in which a table's names are written, undefined when they are English.
 * @param names of the columns and the table, each as its folded words
 */
export function guessLanguage(
  names: readonly (readonly string[])[],
  locale: string,
  { english, foreign, ambiguous }: Vocabulary,
): Language | undefined {
  const votes = new Map<Language, number>();
  const vote = (language: Language, weight: number): void => {
    votes.set(language, (votes.get(language) ?? 0) + weight);
  };
  for (const name of names) {
    const phrase = name.length > 1 && name.length < 6 ? name.join(' ') : undefined;
    for (const language of LANGUAGES) {
      const words = foreign.get(language);
      if (phrase !== undefined && words?.has(phrase)) vote(language, 1);
      for (const word of name) {
        if (words?.has(word)) vote(language, english.has(word) ? 0.1 : 1);
        else if (ambiguous.get(word)?.has(language)) vote(language, 0.2);
      }
    }
  }
  const ofLocale = LANGUAGES.find((language) => locale.toLowerCase().startsWith(language));
  if (ofLocale !== undefined) vote(ofLocale, OF_LOCALE);
  let best: Language | undefined;
  for (const [language, weight] of votes)
    if (weight > (best === undefined ? 0 : (votes.get(best) ?? 0))) best = language;
  return best !== undefined && (votes.get(best) ?? 0) > LEAST ? best : undefined;
}
