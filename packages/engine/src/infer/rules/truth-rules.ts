import truths from '../data/truths.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from './guess.ts';

/** Words and phrases that are yes or no by themselves. */
export const TRUTHS = new Set(truths.truths.map((word) => word.replaceAll('_', ' ')));
const NOT_PARTICIPLES = new Set(truths.participles_not);
/** What stands behind its noun in Romance languages: `queja principal`. */
const ADJECTIVES = new Set([
  'main',
  'primary',
  'local',
  'official',
  'legal',
  'physical',
  'manual',
  'default',
  'public',
  'private',
  'professional',
  'final',
  'latest',
  'international',
  'digital',
]);

/** What the last words of a name say of its values being yes or no: `…_flag`, `…_approved`, `…_available`. */
export function truthGuesses({ spoken, words, raw, foreign }: Reading): Guess[] {
  const guesses: Guess[] = [];
  const add = (kind: string, confidence: number, reason: string): void => {
    guesses.push(guessKind(kind, confidence, reason));
  };
  const last = spoken.at(-1) ?? '';
  const two = spoken.slice(-2).join(' ');
  const written = raw.slice(-2).join(' ');
  const whole = spoken.join(' ');
  const head = words.at(-1) ?? '';
  if ((head === 'indicator' || head === 'flag') && head !== last) add('boolean', 0.95, `"${head}" is yes or no`);
  if (TRUTHS.has(whole)) add('boolean', spoken.length === 1 ? 0.88 : 0.93, `"${whole}" is yes or no`);
  else if (TRUTHS.has(two) || (raw.length > 2 && TRUTHS.has(written)))
    add('boolean', 0.9, `"${written}" at the end is yes or no`);
  else if (TRUTHS.has(last) && words.at(-1) === last && !(foreign && spoken.length > 1 && ADJECTIVES.has(last)))
    add('boolean', last === 'flag' || last === 'indicator' ? 0.95 : 0.84, `"${last}" at the end is yes or no`);
  else if (isParticiple(last) && words.at(-1) === last) add('boolean', 0.74, `"${last}" says whether it was done`);
  else if (last.length > 5 && (last.endsWith('able') || last.endsWith('ible')))
    add('boolean', 0.66, `"${last}" says whether it can be`);
  return guesses;
}

/** Whether a word says what was done. */
export const isParticiple = (word: string): boolean =>
  word.length > 4 && word.endsWith('ed') && !NOT_PARTICIPLES.has(word);
