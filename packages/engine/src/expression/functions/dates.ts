import type { Value } from '../value.ts';
import { formatDate } from './date-format.ts';
import { define, type FunctionDefinition } from './definition.ts';
import { dateOfDay, dayNumber, daysInMonth, type IsoDate, writeIsoDate } from './iso-date.ts';

const dayOf = (date: IsoDate): number => dayNumber(date.year, date.month, date.day);

function addDays(date: IsoDate, days: number): Value {
  // More than the calendar holds; also keeps the arithmetic below exact.
  if (Math.abs(days) > 4_000_000) return null;
  const { year, month, day } = dateOfDay(dayOf(date) + days);
  return writeIsoDate(year, month, day, date.tail);
}

function addMonths(date: IsoDate, months: number): Value {
  if (Math.abs(months) > 120_000) return null;
  const count = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return writeIsoDate(year, month, Math.min(date.day, daysInMonth(year, month)), date.tail);
}

function age(born: IsoDate, at: IsoDate): number {
  const before = at.month < born.month || (at.month === born.month && at.day < born.day);
  return at.year - born.year - (before ? 1 : 0);
}

export const DATE_FUNCTIONS: readonly FunctionDefinition[] = [
  define({
    name: 'year',
    signature: 'year(date)',
    summary: 'The year.',
    examples: [["year('2026-01-31')", '2026']],
    parameters: ['date'],
    returns: 'number',
    run: (_, date) => date.year,
  }),
  define({
    name: 'month',
    signature: 'month(date)',
    summary: 'The month, 1 to 12.',
    examples: [["month('2026-01-31T23:59:59Z')", '1']],
    parameters: ['date'],
    returns: 'number',
    run: (_, date) => date.month,
  }),
  define({
    name: 'day',
    signature: 'day(date)',
    summary: 'The day of the month, 1 to 31.',
    examples: [["day('2026-01-31')", '31']],
    parameters: ['date'],
    returns: 'number',
    run: (_, date) => date.day,
  }),
  define({
    name: 'add_days',
    signature: 'add_days(date, days)',
    summary: 'The date so many days later; a time behind it stays as written.',
    examples: [
      ["add_days('2024-02-28', 1)", '"2024-02-29"'],
      ["add_days('2026-01-01T08:30:00Z', -1)", '"2025-12-31T08:30:00Z"'],
    ],
    parameters: ['date', 'integer'],
    returns: 'string',
    run: (_, date, days) => addDays(date, days),
  }),
  define({
    name: 'add_months',
    signature: 'add_months(date, months)',
    summary: 'The date so many months later, at most on the last day of that month.',
    examples: [["add_months('2026-01-31', 1)", '"2026-02-28"']],
    parameters: ['date', 'integer'],
    returns: 'string',
    run: (_, date, months) => addMonths(date, months),
  }),
  define({
    name: 'days_between',
    signature: 'days_between(from, to)',
    summary: 'How many days `to` is later than `from`; times of day are not looked at.',
    examples: [["days_between('2026-01-31', '2026-03-01')", '29']],
    parameters: ['date', 'date'],
    returns: 'number',
    run: (_, from, to) => dayOf(to) - dayOf(from),
  }),
  define({
    name: 'date_format',
    signature: 'date_format(date, pattern)',
    summary: 'The date by a pattern of YYYY YY MMMM MMM MM M DD D dddd ddd HH H mm ss; other letters go in [brackets].',
    examples: [
      ["date_format('2026-01-31', 'DD.MM.YYYY')", '"31.01.2026"'],
      ["date_format('2026-01-31T09:05:00Z', 'ddd D MMM, H:mm [h]')", '"Sat 31 Jan, 9:05 h"'],
    ],
    parameters: ['date', 'text'],
    returns: 'string',
    run: formatDate,
  }),
  define({
    name: 'age',
    signature: 'age(born, at)',
    summary: 'Full years from one date to the other.',
    examples: [["age('2000-06-15', '2026-06-14')", '25']],
    parameters: ['date', 'date'],
    returns: 'number',
    run: (_, born, at) => age(born, at),
  }),
];
