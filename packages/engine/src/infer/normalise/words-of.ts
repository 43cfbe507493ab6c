import { fold } from './fold.ts';
import { splitWords } from './split-words.ts';

/** Phrases that are written as they are read. */
export const PLAIN = /^[a-z]+(?: [a-z]+)*$/;

/** A phrase of the data as names are read. */
export const wordsOf = (phrase: string): string[] =>
  PLAIN.test(phrase) ? phrase.split(' ') : splitWords(phrase).map(fold);
