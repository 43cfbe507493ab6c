import { isWhole, isWithin, numberOf, textOf } from './reading.ts';
import type { Rules } from './rule.ts';
import { isDay } from './shapes.ts';

const YES_OR_NO: ReadonlySet<string> = new Set(
  'true false t f 1 0 yes no y n ja nein j oui non si sí sim não'.split(' '),
);

/** The number in an amount, without a currency of up to four characters before or behind it. */
const amountOf = (value: unknown): number =>
  numberOf(
    textOf(value)
      .replace(/^[^\d-]{1,4}/, '')
      .replace(/\D{1,4}$/, ''),
  );

export const amounts = {
  money: { one: (value) => Math.abs(amountOf(value)) < 1e10 && !isDay(value) },
  percentage_or_rate: { one: (value) => isWithin(textOf(value).replace(/\s?%$/, ''), -100, 1000) },
  integer_count: { one: (value) => isWhole(value) && isWithin(value, 0, 1e8) },
  decimal_measure: { one: (value) => Number.isFinite(numberOf(value)) },
  boolean: { one: (value) => YES_OR_NO.has(textOf(value).toLowerCase()) },
} satisfies Rules;
