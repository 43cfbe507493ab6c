import { bind, digits, div, get, type Int, lookup, mod, type Piece, pick, text } from '../../plan/program.ts';
import { abbreviated, MONTHS, WEEKDAYS } from './names.ts';

const DAY = 86_400_000;
/** Days of a range that has a format of its own, at most: they become a table. */
export const MOST_FORMATTED_DAYS = 150_000;

/** Letters outside tokens stand in brackets or quotes; all other characters for themselves. */
const TOKEN = /YYYY|YY|MMMM|MMM|MM|M|dddd|DD|D|ddd|HH|H|mm|ss|SSS|T|\[[^\]]*\]|'[^']*'|[^A-Za-z]+/gy;

const MONTHS_SHORT = abbreviated(MONTHS);
const WEEKDAYS_SHORT = abbreviated(WEEKDAYS);

type Write = () => Piece;
const DATE_TOKENS: Readonly<Record<string, Write>> = {
  YYYY: () => digits(div(get('ymd'), 10_000), 4),
  YY: () => digits(mod(div(get('ymd'), 10_000), 100), 2),
  MMMM: () => pick(['', ...MONTHS], mod(div(get('ymd'), 100), 100)),
  MMM: () => pick(['', ...MONTHS_SHORT], mod(div(get('ymd'), 100), 100)),
  MM: () => digits(mod(div(get('ymd'), 100), 100), 2),
  M: () => ({ p: 'integer', value: mod(div(get('ymd'), 100), 100) }),
  DD: () => digits(mod(get('ymd'), 100), 2),
  D: () => ({ p: 'integer', value: mod(get('ymd'), 100) }),
  dddd: () => pick(WEEKDAYS, get('weekday')),
  ddd: () => pick(WEEKDAYS_SHORT, get('weekday')),
};
const TIME_TOKENS: Readonly<Record<string, Write>> = {
  HH: () => digits(div(get('millisecond'), 3_600_000), 2),
  H: () => ({ p: 'integer', value: div(get('millisecond'), 3_600_000) }),
  mm: () => digits(mod(div(get('millisecond'), 60_000), 60), 2),
  ss: () => digits(mod(div(get('millisecond'), 1000), 60), 2),
  SSS: () => digits(mod(get('millisecond'), 1000), 3),
};

/** The parts of a format such as `DD.MM.YYYY`; undefined when a letter is no token. */
function partsOf(format: string, withTime: boolean): Write[] | undefined {
  const parts: Write[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < format.length) {
    const found = TOKEN.exec(format)?.[0];
    if (found === undefined) return undefined;
    const known = DATE_TOKENS[found] ?? (withTime ? TIME_TOKENS[found] : undefined);
    const literal = /^[['].*[\]']$/s.test(found) ? found.slice(1, -1) : found;
    // `T` between date and time needs no quotes.
    if (known === undefined && found !== 'T' && /^[A-Za-z]/.test(found)) return undefined;
    parts.push(known ?? (() => text(literal)));
  }
  return parts;
}

export const isDateFormat = (format: string, withTime: boolean): boolean => partsOf(format, withTime) !== undefined;

/**
 * Pieces of a moment in a format.
 * @param day days after `first`, a day number; @param days how many there may be; @param millisecond of the day, where wanted
 */
export function formattedDate(format: string, day: Int, first: number, days: number, millisecond?: Int): Piece[] {
  const table = Array.from({ length: days }, (_, i) => {
    const date = new Date((first + i) * DAY);
    return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  });
  // 1970-01-01 was a Thursday, weekday 3 from Monday.
  const shift = (((first + 3) % 7) + 7) % 7;
  const parts = partsOf(format, millisecond !== undefined) ?? [];
  return [
    bind('offset', day),
    bind('ymd', lookup(table, get('offset'))),
    bind('weekday', mod({ op: 'add', a: get('offset'), b: { op: 'const', value: shift } }, 7)),
    ...(millisecond === undefined ? [] : [bind('millisecond', millisecond)]),
    ...parts.map((write) => write()),
  ];
}
