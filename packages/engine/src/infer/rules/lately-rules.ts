import type { Reading } from '../parse-name/reading.ts';
import { typesOfWord } from './concept-rules.ts';
import { TYPED } from './front-rules.ts';
import { type Guess, guessKind, kind } from './guess.ts';
import { isParticiple } from './truth-rules.ts';

/** What is kept of the last thing that happened, rather than when that was: `last_page`, `last_reading`. */
const KEPT = new Set(
  'ip page name value user author editor error result location position reading balance digits four stop station port country city floor message state version index digit row word words letter octet build step grade rank rate odometer mileage salary employer school job title diagnosis evaluation rating action command query operation session comment answer question response host device browser agent referrer source campaign channel exit code cost price sale owner manager assignee player team option choice selection line point item product node block chapter lesson level minute hour day week month quarter year season semester term period place weight height temperature measurement id test ok batch track volume size bid ask close open high low trade quantity qty rows'.split(
    ' ',
  ),
);
/** How long something went on, by what stands behind `time`. */
const LASTING = new Set(['in', 'to', 'spent', 'between', 'since', 'on', 'at']);

/** Moments of what happened last or will next: `last_interaction`, `ultimo_carico`, `laatste_keuring`. */
export function latelyGuesses({ spoken, raw, foreign, language, words }: Reading): Guess[] {
  const guesses: Guess[] = [];
  const [first = '', second = ''] = spoken;
  const last = spoken.at(-1) ?? '';
  if ((first === 'last' || first === 'next' || first === 'latest') && spoken.length > 1 && spoken.length < 5) {
    const isKept = TYPED.has(last) || KEPT.has(last) || TYPED.has(second) || KEPT.has(second);
    if (!isKept && !last.endsWith('s') && !isParticiple(last) && typesOfWord(last).length === 0)
      guesses.push(
        foreign || language !== undefined
          ? guessKind('date', 0.915, `the day of the ${first} one`)
          : guessKind('datetime', 0.905, `when it happens ${first}`),
      );
  }
  if (spoken.length === 2 && raw.length === 2 && raw[0] === 'time' && isParticiple(last) && last !== 'based')
    guesses.push(guessKind('datetime', 0.93, `"time" in front of what was done`));
  if (raw.length > 2 && raw[0] === 'time' && LASTING.has(raw[1] as string))
    guesses.push({
      ...kind('count'),
      kind: 'count',
      options: { min: 1, max: 90 },
      description: 'how long it lasted',
      confidence: 0.92,
      reason: `"time ${raw[1]}" lasts`,
      source: 'rule',
    });
  if (spoken.length === 2 && isParticiple(first === 'paid' ? 'payed' : first) && /^(through|thru)$/.test(last))
    guesses.push(guessKind('date', 0.93, `"${last}" at the end bounds a time`));
  // In Romance languages a d in front of a noun is short for a date.
  if (raw[0] === 'd' && raw.length > 1 && language !== undefined && ROMANCE.has(language) && words.length > 0)
    guesses.push(guessKind('date', 0.925, '"d" in front is short for a date'));
  return guesses;
}

const ROMANCE = new Set(['it', 'fr', 'es', 'pt']);
