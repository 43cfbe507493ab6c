import { describe, expect, it } from 'vitest';
import { generateRows } from '../../rows/generate-rows.ts';
import type { BuildContext } from '../field-type.ts';
import { addChecked, addLuhn, addMod11Over10, addTwoStage, addVerhoeff, steerFor } from './check-digits.ts';
import { Identifier } from './identifier.ts';

/** A context in which everything is drawn. */
const context = { choose: (below: number) => ({ op: 'draw', below }) } as unknown as BuildContext;

/** The texts of an identifier in `count` rows. */
function textsOf(build: (id: Identifier) => unknown, count = 1): string[] {
  const id = new Identifier(context);
  build(id);
  const program = { kind: 'string', body: id.pieces } as const;
  const plan = {
    name: 'test',
    seed: 's',
    fields: [{ name: 'v', path: '/v', program }],
    capacity: count,
    largestRow: 1000,
    sensitive: [],
  };
  return generateRows(plan, 0, count).map((row) => row['v'] as string);
}

describe("Luhn's check digit", () => {
  it.each([
    // ISO/IEC 7812-1, annex B, and the patent's own example.
    ['7992739871', '79927398713'],
    ['411111111111111', '4111111111111111'],
    ['0', '00'],
  ])('of %s makes %s', (payload, whole) => {
    expect(textsOf((id) => addLuhn(id.fixed(payload)))).toEqual([whole]);
  });
});

it('tables of drawn digits are made once for all identifiers', () => {
  const tablesOf = (): unknown[] => {
    const found: unknown[] = [];
    const look = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      for (const [name, value] of Object.entries(part)) {
        if (name === 'table') found.push(value);
        else look(value);
      }
    };
    look(addLuhn(new Identifier(context).digits(9)).pieces);
    return found;
  };
  const [first, second] = [tablesOf(), tablesOf()];
  expect(first).toHaveLength(3);
  for (const [at, table] of first.entries()) expect(second[at]).toBe(table);
});

describe("Verhoeff's check digit", () => {
  it.each([
    // Verhoeff, Error Detecting Decimal Codes (1969): 236 has the check digit 3.
    ['236', '2363'],
    ['12345', '123451'],
    ['142857', '1428570'],
    ['123456789012', '1234567890120'],
  ])('of %s makes %s', (payload, whole) => {
    expect(textsOf((id) => addVerhoeff(id.fixed(payload)))).toEqual([whole]);
  });

  it('is found over drawn digits as over fixed ones', () => {
    for (const whole of textsOf((id) => addVerhoeff(id.digits(7)), 200)) {
      expect(textsOf((id) => addVerhoeff(id.fixed(whole.slice(0, -1))))).toEqual([whole]);
    }
  });
});

describe('the check digit of ISO 7064 MOD 11,10', () => {
  it.each([
    // ISO 7064, 8.2.2: 0794 has the check digit 5.
    ['0794', '07945'],
    // The Croatian tax authority's and the German tax office's published examples.
    ['6943515153', '69435151530'],
    ['8609574271', '86095742719'],
  ])('of %s makes %s', (payload, whole) => {
    expect(textsOf((id) => addMod11Over10(id.fixed(payload)))).toEqual([whole]);
  });
});

describe('weighted check characters', () => {
  it('stand at the remainder of the weighted sum', () => {
    // ISO 7064 MOD 11-2 of the example of GB 11643-1999.
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const whole = textsOf((id) => addChecked(id.fixed('11010519491231002'), weights, '10X98765432'));
    expect(whole).toEqual(['11010519491231002X']);
  });

  it('are never those that are skipped', () => {
    const weights = [9, 8, 7, 6, 5, 4, 3, 2];
    const check = '0123456789-';
    const numbers = textsOf((id) => addChecked(steerFor(id.digits(7), weights, check), weights, check), 3000);
    for (const number of numbers) {
      const sum = weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
      expect(sum % 11, number).toBe(Number(number[8]));
    }
    expect(new Set(numbers.map((number) => number[7])).size).toBe(10);
  });

  it('go on to the second weights when the first give ten', () => {
    const weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1];
    const second = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3];
    // The example of the Estonian standard, and one whose first remainder is ten.
    expect(textsOf((id) => addTwoStage(id.fixed('3760503029'), weights, second))).toEqual(['37605030299']);
    const numbers = textsOf((id) => addTwoStage(id.digits(10), weights, second), 2000);
    const sumOf = (number: string, list: readonly number[]): number =>
      list.reduce((total, weight, i) => total + weight * Number(number[i]), 0) % 11;
    for (const number of numbers) {
      const first = sumOf(number, weights);
      expect(Number(number[10]), number).toBe(first < 10 ? first : sumOf(number, second) % 10);
    }
    expect(numbers.some((number) => sumOf(number, weights) === 10)).toBe(true);
  });
});

describe('an identifier', () => {
  it('draws by patterns', () => {
    for (const text of textsOf((id) => id.pattern('NH[A-C]\\d{4}-[X0-2]{3}'), 300)) {
      expect(text).toMatch(/^NH[A-C]\d{4}-[X0-2]{3}$/);
    }
  });

  it('leaves separators out when asked', () => {
    const id = new Identifier(context, false);
    id.fixed('12').separator('-').literal('X').fixed('3');
    expect(id.length).toBe(3);
    expect(id.pieces.map((piece) => (piece.p === 'text' ? piece.text : '?')).join('')).toBe('12X3');
  });

  it('counts a number that is put in its place later', () => {
    const [text] = textsOf((id) => {
      const check = id.later(1);
      id.fixed('135');
      check(id.sum((char, position) => (position === 0 ? 100 : Number(char))));
    });
    expect(text).toBe('9135');
  });
});
