/** Characters that stand for each other: `size` of them from each of the starts on, the same letter in another case. */
interface Alphabet {
  readonly starts: readonly number[];
  readonly size: number;
}

const at = (character: string): number => character.codePointAt(0) ?? 0;

/**
 * Alphabets by the first code points of their cases. Letters keep their script and case; two spellings that differ in case only
 * become two that differ in case only, so that joins which ignore case survive.
 */
const ALPHABETS: readonly Alphabet[] = [
  { starts: [at('0')], size: 10 },
  { starts: [at('a'), at('A')], size: 26 },
  // Latin-1: à to ö, ø to þ.
  { starts: [at('à'), at('À')], size: 23 },
  { starts: [at('ø'), at('Ø')], size: 7 },
  { starts: [at('α'), at('Α')], size: 17 },
  { starts: [at('а'), at('А')], size: 32 },
  { starts: [at('א')], size: 27 },
  { starts: [at('ا')], size: 20 },
  { starts: [at('ف')], size: 10 },
  { starts: [at('क')], size: 37 },
  { starts: [at('ก')], size: 46 },
  { starts: [at('ぁ')], size: 83 },
  { starts: [at('ァ')], size: 83 },
  { starts: [at('가')], size: 11_172 },
  { starts: [at('一')], size: 20_902 },
  { starts: [at('٠')], size: 10 },
  { starts: [at('०')], size: 10 },
];

/** Where a character stands: in which alphabet and case, at which place. */
export interface Place {
  readonly alphabet: number;
  readonly start: number;
  readonly value: number;
  readonly size: number;
}

/** Stands for letters of no alphabet above: what they were goes into the hash, and Latin letters take their place. */
export const OTHER = -1;

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
const UPPER = /\p{Lu}/u;

/** The place of a character, undefined for what stays: punctuation, blanks, marks, symbols. */
export function placeOf(character: string): Place | undefined {
  const code = at(character);
  for (const [alphabet, { starts, size }] of ALPHABETS.entries()) {
    for (const start of starts) {
      if (code >= start && code < start + size) return { alphabet, start, value: code - start, size };
    }
  }
  if (!LETTER_OR_NUMBER.test(character)) return undefined;
  return { alphabet: OTHER, start: at(UPPER.test(character) ? 'A' : 'a'), value: 0, size: 26 };
}
