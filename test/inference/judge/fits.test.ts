import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples } from './examples.ts';
import { fits } from './fits.ts';
import { isLabel, LABELS } from './labels.ts';

/** Labels that say something of a value; `other` says nothing. */
const telling = LABELS.filter((label) => label !== 'other');

/** As many of the values as asked for, from the start again when they run out. */
const repeat = <T>(values: readonly T[], length: number): T[] =>
  Array.from({ length }, (_, i) => values[i % values.length] as T);

describe('fits', () => {
  it.each(telling)('accepts values of %s', (label) => {
    expect(fits(label, repeat(examples[label].good, 10))).toBe(true);
  });

  it.each(telling)('accepts none of the values that are no %s', (label) => {
    for (const value of examples[label].bad)
      expect([value, fits(label, [value, value, value])]).toEqual([value, false]);
  });

  it.each(telling)('notices when more than a fifth of a column is no %s', (label) => {
    const { good, bad } = examples[label];
    const column = (wrong: number) => [...repeat(good, 10 - wrong), ...repeat(bad, wrong)];
    expect([fits(label, column(2)), fits(label, column(3))]).toEqual([true, false]);
  });

  it('leaves absent values out, while enough are there', () => {
    const email = ['a@example.org', 'b@example.org', 'c@example.org'];
    const absent = [null, undefined, ''];
    expect(fits('email', [...email, ...repeat(absent, 7)])).toBe(true);
    expect(fits('email', [...email, ...repeat(absent, 8)])).toBe(false);
    expect(fits('email', [...email.slice(1), null])).toBe(false);
  });

  it('needs no second lines of addresses', () => {
    expect(fits('address_line2', repeat([null], 30))).toBe(true);
    expect(fits('street_address', repeat([null], 30))).toBe(false);
  });

  it('judges a column, not only its values', () => {
    const words = Array.from({ length: 30 }, (_, i) => `word${i}`);
    expect(fits('category_enum', words)).toBe(false);
    expect(fits('category_enum', repeat(words.slice(0, 15), 30))).toBe(true);
    expect(fits('first_name', repeat(['Anna', 'Ben', 'Clara'], 30))).toBe(false);
    expect(fits('full_name', repeat(['Anna Berg', 'Ben Weiss', 'Clara Braun'], 30))).toBe(false);
    expect(fits('id_int', repeat([7], 30))).toBe(false);
  });

  it('takes anything for what cannot be told', () => {
    expect(fits('other', [1, 'two', [3]])).toBe(true);
  });

  it('has an opinion of any values', () => {
    const column = fc.array(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...LABELS), column, (label, values) => {
        expect(fits(label, values)).toBeTypeOf('boolean');
      }),
    );
  });

  it('does not depend on the order of values', () => {
    const inAnyOrder = fc.constantFrom(...telling).chain((label) => {
      const column = repeat(examples[label].good, 10);
      return fc.tuple(fc.constant(label), fc.shuffledSubarray(column, { minLength: column.length }));
    });
    fc.assert(
      fc.property(inAnyOrder, ([label, values]) => {
        expect(fits(label, values)).toBe(true);
      }),
    );
  });
});

describe('isLabel', () => {
  it('knows the labels and nothing else', () => {
    expect(LABELS.every(isLabel)).toBe(true);
    expect(['Email', 'toString', '', null, 3].some(isLabel)).toBe(false);
  });
});
