import endingData from '../data/endings.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind, kind } from './guess.ts';

/** Endings of compounds by language, the longest first, and the kind of values each stands for. */
const endings: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map(
  Object.entries(endingData).map(([language, kinds]) => [
    language,
    Object.entries(kinds)
      .flatMap(([of, words]) => words.split(' ').map((word) => [word, of] as const))
      .sort(([a], [b]) => b.length - a.length),
  ]),
);
/** Kinds that are types of the catalogue. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['company', 'company'],
  ['city', 'city'],
  ['bank', 'account_number'],
]);
/** What ends like another noun by chance: `Vertrag` and `Montag`, `Wort`, `Start`. */
const OTHERWISE =
  /(trag|(mon|diens|donners|frei|sams|sonn|wochen|feier|werk)tag|dag|wort|vort|port|tort|start|part|chart|quart|zart|hart|gegenwart|spart)$/;
/** Days, which do not end by chance where something that happens stands in front: `Buchungstag`. */
const DAY = /(s|ung|e|ahl|auf|uss)tag$/;
const LEAST_REST = 3;
const BY_ENDING = 0.62;
const SURE = 0.72;
/** A word by itself behind others: `RefPaedagogikZeigen`, `SchulformKrz`. */
const OWN_WORD = 0.9;
const ALONE = new Set(['boolean', 'code']);

/** What the last part of a German or Dutch compound tells, where the whole is not known: `Pruefungsart`, `Ruhetag`. */
export function endingGuesses({ raw, words, language }: Reading): Guess[] {
  const last = raw.at(-1) ?? '';
  const known = endings.get(language ?? '');
  if (known === undefined || words.length === 0) return [];
  for (const [ending, of] of known) {
    if (!last.endsWith(ending)) continue;
    const rest = last.length - ending.length;
    if (rest < LEAST_REST && !(rest === 0 && raw.length > 1)) continue;
    if (rest > 0 && OTHERWISE.test(last) && !(ending === 'tag' && DAY.test(last) && !OTHER_DAYS.test(last))) continue;
    const confidence = rest === 0 && ALONE.has(of) ? OWN_WORD : of === 'boolean' ? SURE : BY_ENDING;
    const reason = `"${ending}" ends the word`;
    const type = TYPES.get(of);
    return [
      type === undefined
        ? guessKind(of, confidence, reason)
        : { ...kind('label'), type, options: {}, description: ending, confidence, reason, source: 'rule' },
    ];
  }
  return [];
}

const OTHER_DAYS = /(trag|(diens|donners|sams|freis)tag)$/;
