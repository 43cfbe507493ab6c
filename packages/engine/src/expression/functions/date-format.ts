import type { Evaluation } from '../evaluation.ts';
import { dayNumber, type IsoDate } from './iso-date.ts';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
/** 1970-01-01 was a Thursday. */
const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'];

const pad = (value: number): string => String(value).padStart(2, '0');
const weekday = (date: IsoDate): string => {
  const day = dayNumber(date.year, date.month, date.day) % 7;
  return WEEKDAYS[day < 0 ? day + 7 : day] ?? '';
};

/** Longest first among those that begin alike. */
const PARTS: readonly (readonly [string, (date: IsoDate) => string])[] = [
  ['YYYY', (date) => String(date.year).padStart(4, '0')],
  ['YY', (date) => pad(date.year % 100)],
  ['MMMM', (date) => MONTHS[date.month - 1] ?? ''],
  ['MMM', (date) => (MONTHS[date.month - 1] ?? '').slice(0, 3)],
  ['MM', (date) => pad(date.month)],
  ['M', (date) => String(date.month)],
  ['dddd', weekday],
  ['ddd', (date) => weekday(date).slice(0, 3)],
  ['DD', (date) => pad(date.day)],
  ['D', (date) => String(date.day)],
  ['HH', (date) => pad(date.hour)],
  ['H', (date) => String(date.hour)],
  ['mm', (date) => pad(date.minute)],
  ['ss', (date) => pad(date.second)],
];
export const DATE_PARTS: readonly string[] = PARTS.map(([name]) => name);

/** Writes the date by a pattern of parts; text in square brackets and everything that is no letter stands for itself. */
export function formatDate(evaluation: Evaluation, date: IsoDate, pattern: string): string {
  evaluation.allowText(pattern.length * 3); // a part grows to three times its length at most
  evaluation.charge(pattern.length);
  let text = '';
  let at = 0;
  while (at < pattern.length) {
    const close = pattern[at] === '[' ? pattern.indexOf(']', at) : -1;
    if (close >= 0) {
      text += pattern.slice(at + 1, close);
      at = close + 1;
      continue;
    }
    const part = PARTS.find(([name]) => pattern.startsWith(name, at));
    const char = pattern[at] ?? '';
    if (part === undefined && char.toLowerCase() !== char.toUpperCase()) {
      evaluation.fail(
        'expression_argument',
        'date_format() met a letter that is no part of a date',
        `the parts are ${DATE_PARTS.join(' ')}; other letters go in square brackets`,
      );
    }
    text += part === undefined ? char : part[1](date);
    at += part?.[0].length ?? 1;
  }
  return text;
}
