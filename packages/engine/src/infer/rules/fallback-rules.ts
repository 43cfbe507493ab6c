import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind, kind } from './guess.ts';
import { isParticiple } from './truth-rules.ts';

/** Endings of nouns for people who do something; `er` is of machines and measures as well. */
const PEOPLE = ['or', 'ist', 'yst', 'ian'];

/** Languages in which what is counted says so: a plural alone is a list of things. */
const WRITTEN = new Set(['fr', 'es', 'pt', 'it', 'de', 'nl']);

/** What says that a plural behind it is counted or measured. */
const COUNTING = new Set(['number', 'count', 'total', 'name', 'm', 'max', 'min', 'maximum', 'minimum', 'quantity']);

/** Ends of fields in business systems of eight letters. */
const ABBREVIATED_DATE = /^[A-Z]{1,5}(DAT|DATE|DTE|DATU)$/;
const ABBREVIATED_TIME = /^[A-Z]{1,5}(TIM|TIME|UZT|TME|ZEIT)$/;
/** Things, states and bodies that end like what is measured. */
const NOT_MEASURED =
  /(security|identity|authority|entity|activity|community|university|priority|facility|nationality|city|liability|amenity|charity|celebrity|utility|minority|majority|speciality|commodity|deity|business|witness|harness|guide|side|override|suicide|pesticide|slide|ride|aide)$/;

/** What the shape of a name that no rule knows tells; the last guess is that nothing is known. */
export function fallbackGuesses({ words, spoken, number, name, language }: Reading): Guess[] {
  const guesses: Guess[] = [];
  const last = words.at(-1) ?? '';
  const fallback = (of: string, confidence: number, reason: string): void => {
    guesses.push(guessKind(of, confidence, reason, 'fallback'));
  };
  const isListed = language !== undefined && WRITTEN.has(language) && !COUNTING.has(spoken[0] ?? '');
  if (isListed && last.length > 5 && /[aeo]s$/.test(last))
    fallback('text', words.length > 1 ? 0.5 : 0.4, `"${last}" is a plural: what there is, in words`);
  else if (
    last.length > 4 &&
    last.endsWith('s') &&
    !last.endsWith('ss') &&
    !last.endsWith('us') &&
    !last.endsWith('is')
  )
    fallback('count', words.length > 1 ? 0.73 : 0.4, `"${last}" is a plural: how many there are`);
  if (
    last.length > 5 &&
    number === undefined &&
    PEOPLE.some((ending) => last.endsWith(ending)) &&
    !last.endsWith('list')
  )
    guesses.push({
      ...kind('label'),
      type: 'full_name',
      options: {},
      description: 'a person',
      confidence: 0.3,
      reason: `"${last}" sounds like a person`,
      source: 'fallback',
    });
  if (
    last.length > 5 &&
    (last.endsWith('ity') || last.endsWith('ness') || last.endsWith('ide') || last.endsWith('acid')) &&
    !NOT_MEASURED.test(last)
  )
    fallback('measure', 0.42, `"${last}" sounds like something that is measured`);
  if (words.length > 1 && (spoken[0] === 'last' || spoken[0] === 'next' || spoken[0] === 'first'))
    fallback('date', 0.35, `"${spoken[0]}" of something that happens`);
  if (words.length > 1 && isParticiple(spoken[0] as string))
    fallback('boolean', 0.4, `"${spoken[0]}" in front says whether it was done`);
  if (ABBREVIATED_DATE.test(name)) fallback('date', 0.45, 'ends like a short word for a date');
  if (ABBREVIATED_TIME.test(name))
    guesses.push({
      ...kind('label'),
      type: 'time',
      options: {},
      description: 'time of day',
      confidence: 0.45,
      reason: 'ends like a short word for a time',
      source: 'fallback',
    });
  if (last === 'order') fallback('position', 0.5, 'a place in an order');
  if (isCode(name)) fallback('code', 0.22, 'a short name in capitals with digits');
  guesses.push(guessKind('generic', 0.15, 'nothing in the name is known', 'generic'));
  return guesses;
}

function isCode(name: string): boolean {
  return name.length <= 6 && name === name.toUpperCase() && name !== name.toLowerCase();
}
