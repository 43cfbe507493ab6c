import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateSource } from '../testing/evaluate-source.ts';
import { dateOfDay, dayNumber } from './iso-date.ts';
import { FUNCTIONS } from './registry.ts';
import { roundDecimal } from './round-decimal.ts';

const ERROR = 'error expression_';

/** Beyond the examples of the registry: the edges of every function. */
const TABLE: { readonly [name: string]: readonly (readonly [source: string, expected: unknown])[] } = {
  sum: [
    ['sum([0.1, 0.2, 0.3, 19.99])', 20.59],
    ['sum([1e16, 1, 1, -1e16])', 2],
    ['sum([1e308, 1e308])', null],
    ['sum([0.000001, 0.000002])', 0.000003],
    ["sum([1, '2'])", `${ERROR}type`],
  ],
  avg: [
    ['avg([1, null, 2])', 1.5],
    ['avg([null])', null],
    ['avg([19.99, 20.01])', 20],
  ],
  min: [
    ['min([])', null],
    ["min('b', 'a')", 'a'],
    ["min(1, 'a')", `${ERROR}type`],
    ['min(null, null)', null],
    ['min(5)', 5],
  ],
  max: [
    ['max([1, null, 3, 2])', 3],
    ['max([true])', `${ERROR}type`],
    ['max(-1, -2)', -1],
  ],
  count: [
    ['count([])', 0],
    ['count([null, 0, false])', 2],
  ],
  first: [
    ['first([])', null],
    ['first([null, 1])', null],
  ],
  last: [['last([1, 2, 3])', 3]],
  join: [
    ['join([])', ''],
    ["join([1, true, 'x'], '')", '1truex'],
    ['join([[1]])', `${ERROR}type`],
  ],
  distinct: [["distinct([1, '1', null, null, [1], [1]])", [1, '1', null, [1]]]],
  in: [
    ['in(null, [null])', true],
    ['in(1, null)', null],
    ["in([1], [['1'], [1]])", true],
  ],
  round: [
    ['round(2.5)', 3],
    ['round(-1.005, 2)', -1.01],
    ['round(2.675, 2)', 2.68],
    ['round(1e21, 2)', 1e21],
    ['round(1e-10, 2)', 0],
    ['round(0.1 + 0.2, 2)', 0.3],
    ['round(1250, -2)', 1300],
    ['round(1.5, 400)', 1.5],
    ['round(1.5, -400)', 0],
    ['round(1.45, 1.9)', 1.5],
  ],
  floor: [['floor(1.9)', 1]],
  ceil: [['ceil(-1.9)', -1]],
  abs: [['abs(0)', 0]],
  mod: [
    ['mod(7, -3)', -2],
    ['mod(6, 3)', 0],
    ['mod(-0.5, 1)', 0.5],
  ],
  power: [
    ['power(9, 0.5)', 3],
    ['power(0, 0)', 1],
    ['power(10, 400)', null],
    ['power(-8, 1 / 3)', null],
    ['power(2, -2000)', 0],
  ],
  sqrt: [['sqrt(2)', Math.SQRT2]],
  format_number: [
    ["format_number(-0.005, 2, 'fr_FR')", '-0,01'],
    ["format_number(1234.5, 1, 'es_ES')", '1234,5'],
    ["format_number(1234.5, 99, 'xx')", '1,234.50000000000000000000'],
    ['format_number(null)', null],
  ],
  concat: [
    ['concat(null)', ''],
    ['concat([1])', `${ERROR}type`],
  ],
  length: [
    ["length('')", 0],
    ["length({'a': 1})", 1],
    ["length('👩‍👩‍👧')", 5],
  ],
  upper: [
    ['upper(5)', '5'],
    ['upper(true)', 'TRUE'],
  ],
  lower: [["lower('ÄÖ')", 'äö']],
  trim: [["trim('\\n\\ta\\u00a0')", 'a']],
  capitalize: [
    ["capitalize('')", ''],
    ["capitalize('iPhone')", 'IPhone'],
    ["capitalize('𐐨a')", '𐐀a'],
  ],
  replace: [
    ["replace('aaa', 'aa', 'b')", 'ba'],
    ["replace('abc', '', 'x')", 'abc'],
    ["replace('a.b', '.', '')", 'ab'],
    ["replace('(a+)+', '+', '*')", '(a*)*'],
  ],
  substring: [
    ["substring('a😀b', 1, 1)", '😀'],
    ["substring('abc', -2)", 'abc'],
    ["substring('abc', 1, -1)", ''],
    ["substring('abc', 9)", ''],
  ],
  left: [
    ["left('😀b', 1)", '😀'],
    ["left('a', 9)", 'a'],
    ["left('a', -1)", ''],
  ],
  right: [
    ["right('a😀', 1)", '😀'],
    ["right('a', 9)", 'a'],
    ["right('abc', 0)", ''],
    ["right('abc', -1)", ''],
  ],
  pad_left: [
    ["pad_left('abc', 2)", 'abc'],
    ["pad_left('x', 6, 'ab')", 'ababax'],
    ["pad_left('x', 3, '')", 'x'],
    ["pad_left('😀', 2)", ' 😀'],
  ],
  pad_right: [
    ["pad_right('a', 3)", 'a  '],
    ["pad_right('a', 1e9)", `${ERROR}cost_exceeded`],
  ],
  contains: [
    ["contains('a1', 1)", true],
    ["contains('abc', '')", true],
    ['contains([[1]], [1])', true],
    ["contains('a', [1])", false],
  ],
  starts_with: [
    ["starts_with('abc', 'b')", false],
    ["starts_with('abc', '')", true],
  ],
  ends_with: [["ends_with('abc', 'bc')", true]],
  split: [
    ["split('a😀', '')", ['a', '😀']],
    ["split('', ',')", ['']],
    ["split('a', 'ab')", ['a']],
  ],
  slug: [
    ["slug('  Ünïcode & Co.  ')", 'unicode-co'],
    ["slug('!!!')", ''],
    ["slug('ＡＢ１')", 'ab1'],
  ],
  year: [
    ["year('0000-03-01')", 0],
    ["year('2026-02-30')", `${ERROR}date`],
    ["year('2026-1-1')", `${ERROR}date`],
    ["year('')", `${ERROR}date`],
  ],
  month: [
    ["month('2026-12-01 10:00')", 12],
    ["month('2026-13-01')", `${ERROR}date`],
  ],
  day: [
    ["day('2024-02-29T23:59:60.5+05:30')", 29],
    ["day('2023-02-29')", `${ERROR}date`],
    ["day('2026-01-01T24:00')", `${ERROR}date`],
    ["day('2026-01-01T10:00z')", `${ERROR}date`],
  ],
  add_days: [
    ["add_days('9999-12-31', 1)", null],
    ["add_days('2026-01-01', 1e300)", null],
    ["add_days('2026-01-01', 1.9)", '2026-01-02'],
    ["add_days('0000-01-01', -1)", null],
  ],
  add_months: [
    ["add_months('2024-01-31', 13)", '2025-02-28'],
    ["add_months('2026-03-31 10:00', -1)", '2026-02-28 10:00'],
    ["add_months('2026-01-01', -99999)", null],
  ],
  days_between: [
    ["days_between('2026-01-02', '2026-01-01T23:00:00Z')", -1],
    ["days_between('0000-01-01', '9999-12-31')", 3652424],
  ],
  date_format: [
    ["date_format('2026-03-07', 'YY-M-D dddd')", '26-3-7 Saturday'],
    ["date_format('1900-01-01T00:00', 'MMMM')", 'January'],
    ["date_format('2026-03-07', '[unclosed')", `${ERROR}argument`],
  ],
  age: [
    ["age('2000-02-29', '2026-02-28')", 25],
    ["age('2000-02-29', '2026-03-01')", 26],
    ["age('2026-01-01', '2025-01-01')", -1],
  ],
  if: [
    ['if(null, 1, 2)', 2],
    ['if(true, null, 2)', null],
  ],
  coalesce: [
    ['coalesce(null)', null],
    ['coalesce(false, 1)', false],
  ],
  string: [
    ['string(true)', 'true'],
    ["string({'a': [null, {'b': 'é\"'}]})", '{"a":[null,{"b":"é\\""}]}'],
    ['string(1e21)', '1e+21'],
  ],
  number: [
    ["number('')", null],
    ["number('0x10')", null],
    ["number('Infinity')", null],
    ["number('1e999')", null],
    ["number('-.5e1')", -5],
    ["number('1-2')", null],
    ['number(true)', 1],
    ['number([1])', null],
  ],
  integer: [
    ['integer(2.9)', 2],
    ["integer('x')", null],
    ['integer(false)', 0],
  ],
  boolean: [
    ['boolean(0)', false],
    ['boolean(2)', true],
    ["boolean(' NO ')", false],
    ['boolean([])', null],
  ],
};

it('every function has a table', () => {
  expect(Object.keys(TABLE).sort()).toEqual([...FUNCTIONS.keys()].sort());
});

describe.each([...FUNCTIONS.values()])('$signature', ({ name, examples }) => {
  it.each([...examples])('%s → %s', (source, expected) => {
    expect(JSON.stringify(evaluateSource(source))).toBe(expected);
  });

  it.each(TABLE[name] ?? [])('%s', (source, expected) => {
    expect(evaluateSource(source)).toEqual(expected);
  });
});

describe('properties', () => {
  it('sums of amounts are exact in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 })), (cents) => {
        const total = cents.reduce((a, b) => a + b, 0) / 100;
        const list = cents.map((cent) => cent / 100);
        expect(evaluateSource('sum(l)', { l: list })).toBe(total === 0 ? 0 : total);
        expect(evaluateSource('sum(l)', { l: list.toReversed() })).toBe(total === 0 ? 0 : total);
      }),
    );
  });

  it('rounds the written decimal, as long division does', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.integer({ min: 0, max: 6 }),
        fc.nat(6),
        (units, places, to) => {
          const digits = String(units).padStart(places + 1, '0');
          const written = `${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}0`;
          const cut = 10n ** BigInt(Math.max(0, places - to));
          const rounded = ((units + cut / 2n) / cut) * cut;
          expect(roundDecimal(Number(written), to)).toBe(Number(`${rounded}e-${places}`));
        },
      ),
    );
  });

  it('days and dates agree with the calendar of the host', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (number) => {
        const { year, month, day } = dateOfDay(number);
        const host = new Date(number * 86_400_000);
        expect([year, month, day]).toEqual([host.getUTCFullYear(), host.getUTCMonth() + 1, host.getUTCDate()]);
        expect(dayNumber(year, month, day)).toBe(number);
      }),
    );
  });
});
