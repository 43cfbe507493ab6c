import type { Language } from './languages.ts';
import type { Entry, Vocabulary } from './vocabulary.ts';
import { withinOneEdit } from './within-one-edit.ts';

/** Shorter words are near to too many others. */
const SHORTEST = 6;
const ADJACENT = 1;

/** No known word is as long. */
const LONGEST = 60;

let byEnds: Map<number, string[]> | undefined;

/**
 * The known word that a word is with one letter missing, doubled or swapped, when it is the only one: `quntity`, `paswoord`.
 * First and last letters have to be right: other differences there are other words (`tester`, `tested`).
 */
export function mend(word: string, language: Language | undefined, vocabulary: Vocabulary): string | undefined {
  if (word.length < SHORTEST || word.length > LONGEST) return undefined;
  byEnds ??= indexed(vocabulary);
  let found: string | undefined;
  for (let length = word.length - ADJACENT; length <= word.length + ADJACENT; length++)
    for (const known of byEnds.get(keyOf(word, length)) ?? []) {
      if (known === found || !withinOneEdit(word, known)) continue;
      if (language !== undefined && !isOf(language, vocabulary.get(known) as Entry)) continue;
      if (found !== undefined) return undefined;
      found = known;
    }
  return found;
}

/** Whether a word is of a language or English. */
const isOf = (language: Language, { english, spoken }: Entry): boolean => english || spoken.includes(language);

/** A number for the first letter, the last letter and a length. */
const keyOf = (word: string, length: number): number =>
  (word.charCodeAt(0) * 0x10000 + word.charCodeAt(word.length - 1)) * 0x100 + length;

/** Words by their first letter, last letter and length. */
function indexed(vocabulary: Vocabulary): Map<number, string[]> {
  const index = new Map<number, string[]>();
  vocabulary.forEach(({ english, spoken }, word) => {
    if (word.length < SHORTEST || !(english || spoken.length > 0) || word.includes(' ')) return;
    const key = keyOf(word, word.length);
    const known = index.get(key);
    if (known === undefined) index.set(key, [word]);
    else known.push(word);
  });
  return index;
}
