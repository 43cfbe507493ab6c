import { singular } from '../normalise/singular.ts';
import type { Reading } from '../parse-name/reading.ts';
import { has, isAbout } from '../table/beside.ts';
import type { TableContext } from '../table/table-context.ts';
import { type Guess, guessKind, kind } from './guess.ts';
import { isParticiple } from './truth-rules.ts';

/** Times that last: `session_time`, `waiting_time`. */
const SPANS = new Set(
  'session lead wait waiting response processing process travel prep preparation cook cooking run running total elapsed idle cpu up down dwell transit turnaround cycle playing play watch reaction execution spent estimated average avg mean max min queue hold holding talk ring handling handle delay buffer exposure recovery half read reading driving flight service work working billed active latency connect wall user system compilation resolution transmission propagation recovery compute warmup load rendering render'.split(
    ' ',
  ),
);
/** What happens at a time of day, whatever stands beside it. */
const OF_DAY = new Set(
  'opening closing open close shift class lesson lecture meeting prayer meal lunch dinner breakfast bed wake curfew boarding slot kick kickoff alarm birth birthdate reminder dose medication appointment departure arrival dep arr scheduled crs accident crash incident occurrence occurred from to pickup drop reporting break flight tip preferred quiet dropoff pick train showtime'.split(
    ' ',
  ),
);
/** Tables whose starts and ends are times of day. */
const TIMETABLES = [
  'timetable',
  'lesson',
  'class',
  'shift',
  'roster',
  'opening',
  'store',
  'shop',
  'restaurant',
  'appointment',
  'meeting',
  'availability',
  'slot',
  'hours',
  'calendar',
  'weekday',
  'schedule',
  'course',
  'timesheet',
  'attendance',
  'stop',
  'trip',
  'concert',
];
/** Columns beside which a time is that of a day. */
const DAYS = ['date', 'day', 'weekday', 'day week', 'event date', 'start date', 'session date', 'work date'];
const BOUNDS = new Set(['start', 'end', 'stop', 'begin', 'finish', 'starting', 'ending', 'time']);
const ENDS = new Set(['start', 'stop', 'begin', 'end', 'finish', 'started', 'stopped', 'ended']);
/** Things of a row that happened last: `last_connect`. */
const HAPPEN = new Set(
  'connect disconnect ping sync scan crawl fetch poll restart boot reboot backup deploy import export refresh reset build release commit push pull alert report attempt success failure retry visit view click play read write open edit change heartbeat handshake rotation check execution payment purchase order donation maintenance service inspection calibration check control visit examination appointment revision audit review contact accident delivery training vaccination meeting'.split(
    ' ',
  ),
);
/** What a row calls its moments by, and others that it has beside them. */
const STAMPS = ['created', 'updated'];
const HAPPENED = new Set(
  'resolved closed completed finished started modified published submitted viewed archived cancelled'.split(' '),
);
/** `timeopen`, `time_modified`. */
const TIME_FIRST =
  /^time(open|close|start|end|finish|stop|due|created|modified|added|sent|read|accessed|updated|begin)$/;
/** What is due in money. */
const MONEY = new Set(
  'amount balance tax total payment fee rent interest premium principal sum cost price minimum net vat'.split(' '),
);
const RELATIVE = new Set(['after', 'before', 'until', 'since', 'till']);
const VERBS = new Set(
  'run start expires expire valid retry not delete keep deleted active locked blocked hidden show published starts ends available execute launch'.split(
    ' ',
  ),
);

/** Names of moments, times of day and spans of time that the lexicon does not hold whole. */
export function momentGuesses({ spoken, words, raw, foreign }: Reading, context: TableContext): Guess[] {
  const guesses: Guess[] = [];
  const last = spoken.at(-1) ?? '';
  const before = spoken.at(-2) ?? '';
  const isTimetable = (): boolean => isAbout(context, ...TIMETABLES) || has(context, ...DAYS);
  if (!foreign && spoken.length > 1 && last === 'time') {
    if (SPANS.has(before))
      guesses.push({
        ...kind('count'),
        kind: 'count',
        options: { min: 1, max: 3600 },
        description: 'how long it took',
        confidence: 0.94,
        reason: `"${before} time" lasts`,
        source: 'rule',
      });
    else if (BOUNDS.has(before)) {
      if (!isTimetable()) guesses.push(guessKind('datetime', 0.945, 'no day beside it'));
    } else if (!OF_DAY.has(before) && !isTimetable())
      guesses.push(guessKind('datetime', 0.9, 'the moment at which it happened'));
  }
  if (
    !foreign &&
    words.at(-1) === 'time' &&
    spoken.length === 2 &&
    TIME_FIRST.test(raw.join('')) &&
    !(raw.length > 1 && isTimetable())
  )
    guesses.push(guessKind('datetime', 0.95, '"time" in front of what was done'));
  if (
    raw.length === 1 &&
    words.length === 1 &&
    ENDS.has(last) &&
    [...ENDS].filter((each) => context.columns.has(each)).length > 1
  )
    guesses.push(guessKind('datetime', 0.93, 'beside the other end of a span'));
  if (spoken.length > 1 && spoken.length < 5 && spoken[0] === 'last' && HAPPEN.has(last))
    guesses.push(guessKind('datetime', 0.9, 'when it last happened'));
  if (
    spoken.length === 1 &&
    raw.length === 1 &&
    HAPPENED.has(last) &&
    STAMPS.every((stamp) => context.written.has(stamp))
  )
    guesses.push(guessKind('datetime', 0.9, 'beside the moments at which a row was created and updated'));
  if (spoken.length > 1 && last === 'due' && !MONEY.has(before) && !foreign)
    guesses.push(guessKind(before === 'date' ? 'date' : 'datetime', 0.8, 'when it is due'));
  if (foreign && spoken.length === 2 && (spoken[0] === 'last' || spoken[0] === 'next') && HAPPEN.has(singular(last)))
    guesses.push(guessKind('date', 0.93, `the day of the ${spoken[0]} one`));
  if (raw.length > 2 && (raw.at(-1) === 'gmt' || raw.at(-1) === 'utc') && isParticiple(before))
    guesses.push(guessKind('datetime', 0.93, `"${raw.at(-1)}" behind what was done is a clock's`));
  if (spoken.length > 1 && RELATIVE.has(last) && VERBS.has(before))
    guesses.push(guessKind('datetime', 0.9, `"${last}" at the end bounds a time`));
  return guesses;
}
