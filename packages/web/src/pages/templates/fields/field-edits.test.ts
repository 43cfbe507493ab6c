import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freeName, moved, offeredWord, optionOf, within, withOption, withType } from './field-edits.ts';

const MIN = { name: 'min', aliases: ['least'] };

it('finds an option by each of its names, also beside the name of the field', () => {
  expect(optionOf({ name: 'a', type: 'number', options: { min: 1 } }, MIN)).toBe(1);
  expect(optionOf({ name: 'a', type: 'number', options: { least: 2 } }, MIN)).toBe(2);
  expect(optionOf({ name: 'a', type: 'number', min: 3 }, MIN)).toBe(3);
});

it('sets an option once, whatever it was called, and takes it away', () => {
  const field = { name: 'a', type: 'number', least: 1, options: { least: 2, max: 9 } };
  expect(withOption(field, MIN, 5)).toEqual({ name: 'a', type: 'number', options: { max: 9, min: 5 } });
  expect(withOption({ name: 'a', type: 'number', options: { min: 1 } }, MIN, undefined)).toEqual({
    name: 'a',
    type: 'number',
  });
});

it('keeps with another type what every type has', () => {
  const common = [{ name: 'unique', aliases: [] }] as never;
  const field = { name: 'a', type: 'number', options: { min: 1, unique: true } };
  expect(withType(field, 'enum', common, { values: [1] })).toEqual({
    name: 'a',
    type: 'enum',
    options: { values: [1], unique: true },
  });
});

it('moves one item and keeps the order of the others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(), fc.nat(), (items, a, b) => {
      const [from, to] = [a % items.length, b % items.length];
      const after = moved(items, from, to);
      expect(after[to]).toBe(items[from]);
      expect(after.filter((one) => one !== items[from])).toEqual(items.filter((one) => one !== items[from]));
    }),
  );
});

it('finds free names', () => {
  expect(
    freeName(
      [
        { name: 'field', type: 'x' },
        { name: 'field_2', type: 'x' },
      ],
      'field',
    ),
  ).toBe('field_3');
});

it('tells what is wrong at a place from what is wrong at one whose number begins alike', () => {
  const at = (pointer: string) => ({ code: 'c', message: 'm', pointer });
  const all = [at('/fields/1'), at('/fields/1/type'), at('/fields/10/type')];
  expect(within(all, '/fields/1')).toEqual(all.slice(0, 2));
});

it.each([
  ['did you mean `email`?', 'email'],
  ['did you mean de_DE? `datamaker locales` lists all 70', 'de_DE'],
  ['Least value.', undefined],
])('reads what %j offers', (hint, word) => {
  expect(offeredWord({ code: 'unknown_type', message: 'm', hint })).toBe(word);
});
