import truths from '../data/truths.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from './guess.ts';

const FRONTS = new Set(truths.fronts);
/** Fronts that leave no doubt. */
const SURE_FRONTS = new Set(['is', 'has', 'can', 'was', 'are', 'should', 'does', 'did']);
/** Fronts that are nouns too: `track_number`, `no_show`. */
const WEAK_FRONTS = new Set([
  'send',
  'receive',
  'track',
  'force',
  'skip',
  'only',
  'keep',
  'no',
  'do',
  'was',
  'auto',
  'contains',
  'will',
  'may',
  'must',
  'want',
  'display',
  'notify',
  'support',
  'allowed',
  'accepted',
  ...'propagate inherit override overwrite suppress restrict bypass validate verify confirm apply publish sync print generate convert encrypt compress append merge block omit retain preserve subscribe attach embed expose grant deny waive autogenerate copy search calculate expand collapse ask invite remember wants likes owns lives speaks knows agreed opted eligible willing currently ever'.split(
    ' ',
  ),
]);
/** Words that make a moment or a bound of it. */
export const MOMENTS = new Set([
  'date',
  'time',
  'at',
  'on',
  'by',
  'count',
  'limit',
  'until',
  'from',
  'to',
  'reason',
  'id',
  'type',
]);
/** Heads that say what the values are, so that a verb in front of them does not: `send_date`, `use_count`. */
export const TYPED = new Set(
  'date time at on id no number code count amount price cost rate url email name type status level by total percent method mode format limit version key token text message until address phone ip year month day reason cost fee quantity duration minutes seconds hours days subject title description path file group list field template note notes comment currency text score value hash password salt'.split(
    ' ',
  ),
);

/** `is`, `has` and their like in the languages of the lexicon. */
const ASKING = new Set(
  'ist hat es esta tiene est possede tem possui e ha heeft jest czy ar har kan puede peut pode puo darf'.split(' '),
);
/** Short words that begin others: `Notfall`, `Wasserstand`, `donor`. */
const IN_PARTS = new Set(['not', 'no', 'do', 'may', 'will', 'are', 'was', 'only', 'auto']);

/** Words in front that ask a question, or are a choice of yes or no: `is_active`, `allow_login`. */
export function frontGuesses({ spoken, raw, language }: Reading): Guess[] {
  const guesses: Guess[] = [];
  if (spoken.length < 2) return guesses;
  const first = spoken[0] ?? '';
  const last = spoken.at(-1) ?? '';
  const add = (kind: string, confidence: number, reason: string): void => {
    guesses.push(guessKind(kind, confidence, reason));
  };
  if (SURE_FRONTS.has(first) && (raw[0] === first || (language !== undefined && ASKING.has(raw[0] as string))))
    add('boolean', 0.96, `"${first}" at the front asks a question`);
  else if (
    FRONTS.has(first) &&
    (raw[0] === first || !IN_PARTS.has(first)) &&
    !(WEAK_FRONTS.has(first) ? TYPED : MOMENTS).has(last)
  )
    add('boolean', 0.9, `"${first}" at the front is a choice of yes or no`);
  return guesses;
}
