import type { Language, Vocabulary } from './vocabulary.ts';
import { withinOneEdit } from './within-one-edit.ts';

/** Shorter words are near to too many others. */
const SHORTEST = 6;
const ADJACENT = 1;

let byStart: Map<string, string[]> | undefined;

/**
 * The known word that a word is with one letter missing, doubled or swapped, when it is the only one: `quntity`, `paswoord`.
 * First and last letters have to be right: other differences there are other words (`tester`, `tested`).
 */
export function mend(
  word: string,
  language: Language | undefined,
  { english, spoken, foreign }: Vocabulary,
): string | undefined {
  if (word.length < SHORTEST) return undefined;
  byStart ??= indexed([...english, ...spoken.keys()]);
  let found: string | undefined;
  for (let length = word.length - ADJACENT; length <= word.length + ADJACENT; length++)
    for (const known of byStart.get(`${word[0]}${word.at(-1)}${length}`) ?? []) {
      if (known === found || !withinOneEdit(word, known)) continue;
      if (!english.has(known) && language !== undefined && !foreign.get(language)?.has(known)) continue;
      if (found !== undefined) return undefined;
      found = known;
    }
  return found;
}

/** Words by their first letter, last letter and length. */
function indexed(words: readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < SHORTEST || word.includes(' ')) continue;
    const key = `${word[0]}${word.at(-1)}${word.length}`;
    const known = index.get(key);
    if (known === undefined) index.set(key, [word]);
    else known.push(word);
  }
  return index;
}
