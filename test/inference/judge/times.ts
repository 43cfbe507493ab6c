import { isLike, isWhole, isWithin, textOf, wordsOf } from './reading.ts';
import type { Rules } from './rule.ts';
import { isDay, isMoment, isProse } from './shapes.ts';

const ZONES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'));
const UNIT = 'ms|s|sec|seconds|m|min|minutes|h|hours|d|days|weeks|months|years';
const isOffset = isLike(/^(UTC|GMT)?[+-]\d{1,2}(:?\d\d)?$/);
const isZoneLetters = isLike(/^[A-Z]{2,5}$/);
const isZonePath = isLike(/^[A-Z]\w+\/\w+/);
const isIsoDuration = isLike(/^P(\d|T)/);
const isClockDuration = isLike(/^\d{1,3}(:\d\d){1,2}$/);
const isDurationInWords = isLike(new RegExp(`^\\d+(\\.\\d+)?\\s?(${UNIT})$`, 'i'));

const isOneShortWord = (value: unknown): boolean =>
  isProse(value) && wordsOf(value).length === 1 && textOf(value).length <= 12;

/** Within the lives of people who could be asked, by the year that is written in it. */
function couldBeBornIn(value: unknown): boolean {
  const year = Number(/\d{4}/.exec(textOf(value))?.[0]);
  return year >= 1900 && year <= new Date().getFullYear();
}

export const times = {
  date: { one: isDay },
  datetime: { one: isMoment },
  time: { one: isLike(/^(\d\d:\d\d|\d{6}$)/) },
  birth_date: { one: (value) => (isDay(value) || isMoment(value)) && couldBeBornIn(value) },
  year: { one: (value) => isWhole(value) && isWithin(value, 1700, 2150) },
  month: {
    one: (value) =>
      (isWhole(value) && isWithin(value, 1, 12)) || isOneShortWord(value) || /^\d{4}-\d\d$/.test(textOf(value)),
  },
  weekday: { one: (value) => (isWhole(value) && isWithin(value, 0, 7)) || isOneShortWord(value) },
  duration: {
    one: (value) =>
      isWithin(value, 0, 1e9) || isIsoDuration(value) || isClockDuration(value) || isDurationInWords(value),
  },
  timezone: {
    one: (value) => ZONES.has(textOf(value)) || isOffset(value) || isZoneLetters(value) || isZonePath(value),
  },
} satisfies Rules;
