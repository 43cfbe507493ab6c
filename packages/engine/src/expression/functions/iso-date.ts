import { isDigit } from '../characters.ts';

/** A date as it is written, with or without a time. The calendar is the proleptic Gregorian one, years 0000 to 9999. */
export interface IsoDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** What stands behind the day: '' or the time with its offset, as written. */
  readonly tail: string;
}

/**
 * Reads `YYYY-MM-DD`, or that with `T` or a space and `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`, and `Z` or `±hh:mm` (RFC 3339
 * and the forms of ISO 8601 that databases write). Undefined for everything else, also for the 30th of February.
 */
export function parseIsoDate(text: string): IsoDate | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (year < 0 || text[4] !== '-' || month < 1 || month > 12 || text[7] !== '-') return undefined;
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  if (text.length === 10) return { year, month, day, hour: 0, minute: 0, second: 0, tail: '' };
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  if (
    (text[10] !== 'T' && text[10] !== ' ') ||
    hour < 0 ||
    hour > 23 ||
    text[13] !== ':' ||
    minute < 0 ||
    minute > 59
  ) {
    return undefined;
  }
  let at = 16;
  let second = 0;
  if (text[at] === ':') {
    second = digits(text, 17, 2);
    if (second < 0 || second > 60) return undefined; // 60: a leap second
    at = 19;
    if (text[at] === '.') {
      const first = at + 1;
      at = first;
      while (isDigit(text.charCodeAt(at))) at += 1;
      if (at === first) return undefined;
    }
  }
  return isOffset(text, at) ? { year, month, day, hour, minute, second, tail: text.slice(10) } : undefined;
}

function isOffset(text: string, at: number): boolean {
  if (at === text.length) return true;
  if (text[at] === 'Z') return text.length === at + 1;
  if ((text[at] !== '+' && text[at] !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return false;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  return hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
}

/** The number in `count` digits, or -1. */
function digits(text: string, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const unit = text.charCodeAt(at);
    if (!isDigit(unit)) return -1;
    value = value * 10 + unit - 48;
  }
  return value;
}

/** The same time on another day; null outside the years 0000 to 9999. */
export function writeIsoDate(year: number, month: number, day: number, tail: string): string | null {
  if (!(year >= 0 && year <= 9999)) return null;
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}${tail}`;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return LENGTHS[month - 1] ?? 0;
}

/** Days since 1970-01-01. Counts in years that begin with March, so that the leap day comes last. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** The date of a day number; the reverse of `dayNumber`. */
export function dateOfDay(number: number): { year: number; month: number; day: number } {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
