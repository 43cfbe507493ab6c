import type { Language } from '../normalise/languages.ts';
import type { Word } from '../normalise/word.ts';
import { headLast } from './head-last.ts';

/** A column's name as it is understood. */
export interface Reading {
  readonly name: string;
  /** English words, the head noun last: `date_of_birth` gives birth, date. */
  readonly words: readonly string[];
  /** The words in the order of the name, numbers included. */
  readonly spoken: readonly string[];
  /** The words as written, folded. */
  readonly raw: readonly string[];
  /** Each of them with blanks between the words. */
  readonly wordsText: string;
  readonly spokenText: string;
  readonly rawText: string;
  /** Whether words of it were translated. */
  readonly foreign: boolean;
  /** A number at the end, as in `address2`. */
  readonly number: number | undefined;
  /** What the table is written in besides English. */
  readonly language: Language | undefined;
}

/** Reads a name from its words in English. */
export function read(
  name: string,
  raw: readonly string[],
  words: readonly Word[],
  language: Language | undefined,
): Reading {
  const spoken = words.map(({ text }) => text);
  const last = spoken.at(-1);
  const numbered = spoken.length > 1 && last !== undefined && isNumber(last);
  const unnumbered = numbered ? words.slice(0, -1) : words;
  const inEnglish = quantifierFirst(
    headLast(
      unnumbered.filter(({ text }) => !isNumber(text) || words.length === 1),
      language,
    ),
  );
  return {
    name,
    spoken,
    raw,
    foreign: words.some(({ from }) => from !== undefined),
    words: inEnglish,
    wordsText: inEnglish.join(' '),
    spokenText: spoken.join(' '),
    rawText: raw.join(' '),
    number: numbered ? Number(last) : undefined,
    language,
  };
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;

const isNumber = (word: string): boolean => {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < DIGIT_0 || code > DIGIT_9) return false;
  }
  return word !== '';
};

/** `temp_max` is a maximum temperature. */
function quantifierFirst(words: string[]): string[] {
  const last = words.at(-1);
  return words.length > 1 && last !== undefined && QUANTIFIERS.has(last) ? [last, ...words.slice(0, -1)] : words;
}

const QUANTIFIERS = new Set(['average', 'avg', 'mean', 'median', 'maximum', 'max', 'minimum', 'min', 'gross', 'net']);
