import type { Value } from '../value.ts';
import { define, type FunctionDefinition } from './definition.ts';
import { formatNumber } from './format-number.ts';
import { roundDecimal } from './round-decimal.ts';

/** A calculation without a finite result has the result null. */
export const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);

/**
 * `base ** exponent`. Whole exponents are computed by multiplications alone, so that every machine gives the same number;
 * others use the host's `Math.pow`, whose last digit IEEE 754 leaves open.
 */
export function powerOf(base: number, exponent: number): Value {
  if (exponent === 0.5) return finite(Math.sqrt(base));
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 1024) return finite(base ** exponent);
  let result = 1;
  let factor = base;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= factor;
    factor *= factor;
  }
  return finite(exponent < 0 ? 1 / result : result);
}

/** The remainder with the sign of the divisor, as spreadsheets have it. */
function modulo(a: number, b: number): Value {
  const rest = a % b;
  return finite(rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest);
}

export const NUMBER_FUNCTIONS: readonly FunctionDefinition[] = [
  define({
    name: 'round',
    signature: 'round(number, places = 0)',
    summary: 'Rounds the decimal as written, halves away from zero; negative places round to tens, hundreds and so on.',
    examples: [
      ['round(1.005, 2)', '1.01'],
      ['round(-2.5)', '-3'],
      ['round(1234, -2)', '1200'],
    ],
    parameters: ['number', 'integer'],
    defaults: [0],
    returns: 'number',
    run: (_, number, places) => finite(roundDecimal(number, places)),
  }),
  define({
    name: 'floor',
    signature: 'floor(number)',
    summary: 'The next whole number that is not larger.',
    examples: [['floor(-1.5)', '-2']],
    parameters: ['number'],
    returns: 'number',
    run: (_, number) => Math.floor(number),
  }),
  define({
    name: 'ceil',
    signature: 'ceil(number)',
    summary: 'The next whole number that is not smaller.',
    examples: [['ceil(1.2)', '2']],
    parameters: ['number'],
    returns: 'number',
    run: (_, number) => Math.ceil(number),
  }),
  define({
    name: 'abs',
    signature: 'abs(number)',
    summary: 'The number without its sign.',
    examples: [['abs(-3)', '3']],
    parameters: ['number'],
    returns: 'number',
    run: (_, number) => Math.abs(number),
  }),
  define({
    name: 'mod',
    signature: 'mod(number, divisor)',
    summary: 'The remainder with the sign of the divisor (`%` has the sign of the number); null for a divisor of 0.',
    examples: [
      ['mod(-7, 3)', '2'],
      ['mod(7, 0)', 'null'],
    ],
    parameters: ['number', 'number'],
    returns: 'number',
    run: (_, number, divisor) => modulo(number, divisor),
  }),
  define({
    name: 'power',
    signature: 'power(base, exponent)',
    summary: 'The same as `base ** exponent`.',
    examples: [
      ['power(2, 10)', '1024'],
      ['power(10, -2)', '0.01'],
    ],
    parameters: ['number', 'number'],
    returns: 'number',
    run: (_, base, exponent) => powerOf(base, exponent),
  }),
  define({
    name: 'sqrt',
    signature: 'sqrt(number)',
    summary: 'The square root; null for a negative number.',
    examples: [
      ['sqrt(16)', '4'],
      ['sqrt(-1)', 'null'],
    ],
    parameters: ['number'],
    returns: 'number',
    run: (_, number) => finite(Math.sqrt(number)),
  }),
  define({
    name: 'format_number',
    signature: "format_number(number, places = 2, locale = 'en')",
    summary: 'The number as a text with so many decimals and the marks of a locale.',
    examples: [
      ['format_number(1234567.5)', '"1,234,567.50"'],
      ["format_number(1234567.5, 2, 'de_DE')", '"1.234.567,50"'],
      ["format_number(1234567, 0, 'en_IN')", '"12,34,567"'],
    ],
    parameters: ['number', 'integer', 'text'],
    defaults: [2, 'en'],
    returns: 'string',
    run: (_, number, places, locale) => formatNumber(number, places, locale),
  }),
];
