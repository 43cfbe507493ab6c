import { isDigit } from '../characters.ts';
import type { Value } from '../value.ts';
import { define, type FunctionDefinition } from './definition.ts';
import { finite } from './numbers.ts';
import { writeJson } from './write-json.ts';

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0'].map((word) => [word, false] as const),
]);
/** No number that means anything is written longer. */
const MAX_NUMBER_LENGTH = 400;

/** A number out of a text such as ` -12.50 ` or `1e3`; null for anything else. */
function parseNumber(text: string): number | null {
  const trimmed = text.length > MAX_NUMBER_LENGTH ? '' : text.trim();
  // Number() also reads '', 0x10 and Infinity: only digits, signs, a point and an exponent are let through to it.
  for (let i = 0; i < trimmed.length; i++) {
    if (!isDigit(trimmed.charCodeAt(i)) && !'+-.eE'.includes(trimmed.charAt(i))) return null;
  }
  return trimmed === '' ? null : finite(Number(trimmed));
}

function toNumber(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? parseNumber(value) : null;
}

function toBoolean(value: Value): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string' || value.length > 16) return null;
  return TRUTH.get(value.trim().toLowerCase()) ?? null;
}

export const CONVERSION_FUNCTIONS: readonly FunctionDefinition[] = [
  define({
    name: 'string',
    signature: 'string(value)',
    summary: 'The value as text; lists and objects as JSON.',
    examples: [
      ['string(1.50)', '"1.5"'],
      ["string([1, 'a'])", '"[1,\\"a\\"]"'],
    ],
    parameters: ['any'],
    returns: 'string',
    run: (evaluation, value) => (typeof value === 'string' ? value : writeJson(evaluation, value)),
  }),
  define({
    name: 'number',
    signature: 'number(value)',
    summary: 'The number a text writes, 1 or 0 for true or false; null when it is none.',
    examples: [
      ["number(' 12.50 ')", '12.5'],
      ["number('12 EUR')", 'null'],
    ],
    parameters: ['any'],
    returns: 'number',
    run: (_, value) => toNumber(value),
  }),
  define({
    name: 'integer',
    signature: 'integer(value)',
    summary: 'Like `number`, with its fraction cut off.',
    examples: [["integer('-7.9')", '-7']],
    parameters: ['any'],
    returns: 'number',
    run: (_, value) => {
      const number = toNumber(value);
      return number === null ? null : Math.trunc(number);
    },
  }),
  define({
    name: 'boolean',
    signature: 'boolean(value)',
    summary: "true for 'true', 'yes', 'y', '1' and numbers but 0; false for 'false', 'no', 'n', '0' and 0; else null.",
    examples: [
      ["boolean('Yes')", 'true'],
      ["boolean('perhaps')", 'null'],
    ],
    parameters: ['any'],
    returns: 'boolean',
    run: (_, value) => toBoolean(value),
  }),
];
