import type { Reading } from '../parse-name/reading.ts';
import { typesOfWord } from './concept-rules.ts';
import { type Guess, guessKind } from './guess.ts';
import { isPlural } from './plural.ts';
import { isParticiple } from './truth-rules.ts';

/** What is written in front of what is counted, by itself. */
const COUNTERS = new Set('num nb nbr anzahl anz aantal qtd qtde cantidad cant numof noof ilosc antal adet'.split(' '));
/** Words that are counted in spite of what they mean alone. */
const COUNT = new Set(['count', 'number', 'quantity']);
/** What stands behind a counter where it does not count: `num_id`. */
const NAMED = new Set(
  'id no number code phone mobile fax account card document passport order invoice contract serial tax vat house building street telephone cell license ticket price value amount date type'.split(
    ' ',
  ),
);
const MONEY = new Set(['@money', '@salary', '@balance', '@limit', '@wage', 'price', 'line_total']);
/** What counts things that stand in front of it. */
const COUNTED_BEHIND = new Set(['num', 'number', 'nbr', 'no', 'nr', 'qty', 'cnt']);
/** Of these, what names things in languages where words end in s by themselves: `VersNr`. */
const NAMING = new Set(['nr', 'no', 'number']);
/** Who and what is counted behind `number` without a plural: `number_outpatient`. */
const PATIENTS = new Set(['outpatient', 'inpatient', 'emergency', 'patient', 'staff', 'people', 'diagnoses']);
/** What is one in spite of its s. */
const ONE = new Set(['summons', 'series', 'chassis', 'bus', 'gas', 'lens', 'species', 'premises', 'headquarters']);
/** What a total is in. */
const UNITS = new Set(['unit', 'currency', 'type', 'status']);
/** A total of one of these is measured. */
const MEASURED = new Set(
  'time area weight distance length volume amount value price cost tax score rate hours minutes seconds days energy power'.split(
    ' ',
  ),
);

/** `num_…`, `aantal…`, `total_…`: a count, whatever the things are that are counted. */
export function countGuesses({ spoken, raw, language }: Reading): Guess[] {
  const guesses: Guess[] = [];
  const last = spoken.at(-1) ?? '';
  const at = raw.findIndex((word) => COUNTERS.has(word));
  const isCounter = at >= 0 && at < raw.length - 1;
  if (isCounter && !NAMED.has(last) && (raw[at] !== 'num' || raw.slice(at + 1).some(isMany)))
    guesses.push(guessKind('count', 0.97, `"${raw[at]}" counts`));
  else if (raw.length === 1 && GLUED_NUM.test(raw[0] as string) && spoken.length > 1 && isPlural(last))
    guesses.push(guessKind('count', 0.93, '"num" in front counts'));
  else if (spoken.length > 1 && spoken[0] === 'count' && language !== undefined && raw[0] !== 'count')
    guesses.push(guessKind('count', 0.95, 'what is counted stands behind'));
  if (spoken.length === 2 && FAILING.has(spoken[0] as string) && TRIED.has(last))
    guesses.push(guessKind('count', 0.93, 'how often it was tried'));
  if (spoken.indexOf('total') > 0 && spoken.at(-2) === 'total' && isMany(last) && !MEASURED.has(last))
    guesses.push(guessKind('count', 0.93, 'a total of things counts them'));
  if (spoken.length === 2 && CHANGED.has(spoken[0] as string) && isPlural(last) && !COUNT.has(last))
    guesses.push(guessKind('count', 0.88, `how many are ${spoken[0]}`));
  if (raw[0] === 'number' && spoken.length === 2 && spoken[0] === 'number' && PATIENTS.has(last))
    guesses.push(guessKind('count', 0.93, 'how many of them'));
  const things = spoken.at(-2) ?? '';
  if (
    raw.length === 2 &&
    (raw[0] === 'no' || raw[0] === 'n') &&
    spoken.length === 2 &&
    (isPlural(last) ||
      (language === 'it' && /[ei]$/.test(raw[1] as string) && !/(zione|sione)$/.test(raw[1] as string))) &&
    !NAMED.has(last)
  )
    guesses.push(guessKind('count', 0.88, `"${raw[0]}" in front counts`));
  if (
    raw.length === 2 &&
    COUNTED_BEHIND.has(raw[1] as string) &&
    !(language !== undefined && NAMING.has(raw[1] as string)) &&
    isPlural(raw[0] as string) &&
    !ONE.has(raw[0] as string)
  )
    guesses.push(guessKind('count', 0.93, `"${raw[1]}" behind several counts them`));
  if (spoken.length === 2 && spoken[0] === 'total' && typesOfWord(last).includes('@count'))
    guesses.push(guessKind('count', 0.93, 'a total of what is counted'));
  if (isParticiple(last) && isPlural(things) && !MEASURED.has(things) && !NOT_COUNTED.has(last) && !isMoney(things))
    guesses.push(guessKind('count', 0.88, `of how many ${things} it was done`));
  if (spoken.length > 2 && spoken[1] === 'per' && isPlural(spoken[0] as string) && !MEASURED.has(spoken[0] as string))
    guesses.push(guessKind('count', 0.93, `how many ${spoken[0]} each has`));
  const times = spoken.indexOf('times');
  if (raw.includes('#') && spoken.length > 1 && (isMany(last) || times >= 0))
    guesses.push(guessKind('count', 0.93, '"#" counts'));
  if (times >= 0 && times < spoken.length - 1) guesses.push(guessKind('count', 0.9, 'how many times'));
  if (spoken.length > 1 && (spoken[0] === 'total' || spoken[0] === 'new') && !COUNT.has(last)) {
    const types = typesOfWord(last);
    const thing = !UNITS.has(last) && (isMany(last) || (language !== undefined && types.length === 0));
    if (thing && !MEASURED.has(last) && !types.some((type) => MONEY.has(type)))
      guesses.push(
        spoken[0] === 'total'
          ? guessKind('count', 0.93, 'a total of things counts them')
          : guessKind('count', 0.55, 'new ones are counted'),
      );
  }
  return guesses;
}

const isMoney = (word: string): boolean => typesOfWord(word).some((type) => MONEY.has(type));
/** Said of things as a whole: `notifications_enabled`, `terms_accepted`, `comments_closed`. */
const NOT_COUNTED = new Set(
  'enabled disabled allowed required included supported accepted agreed closed locked approved verified confirmed granted acknowledged waived signed applied shared activated requested'.split(
    ' ',
  ),
);
/** `numdependents`, and the reading of it with the head behind. */
const GLUED_NUM = /^(num|nb|no|n)(?=[a-z]{4,}s$)/;
/** How something went that is tried again: `failed_login`. */
const FAILING = new Set('failed successful bad wrong invalid incorrect missed login retry'.split(' '));
const TRIED = new Set(
  'login logins attempt attempts password passwords try tries call calls request requests pings signins signin'.split(
    ' ',
  ),
);

/** What was done to several things of a whole. */
const CHANGED = new Set(
  'changed added deleted modified removed failed passed skipped open closed active inactive pending remaining available unique distinct blocked completed unread affected rejected resolved unresolved successful missing duplicate'.split(
    ' ',
  ),
);

/** A plural, or what was done of things: `outstanding`, `cancelled`. */
const isMany = (word: string): boolean =>
  word.length > 3 &&
  ((word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us') && !word.endsWith('is')) ||
    word.endsWith('ing') ||
    word.endsWith('ed') ||
    word === 'people' ||
    word === 'children');
