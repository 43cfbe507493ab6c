import { fieldTypes } from '@datamaker/engine';
import { expect, it } from 'vitest';
import { findTypes } from './find-types.ts';

const types = fieldTypes();
const first = (search: string): string | undefined => findTypes(types, search)[0]?.key;

it.each([
  ['email', 'email'],
  ['first name', 'first_name'],
  ['First_Name', 'first_name'],
  ['iban', 'iban'],
  ['nested template', 'template'],
])('%j leads to %s', (search, key) => {
  expect(first(search)).toBe(key);
});

it('finds every type by its key, before all others', () => {
  for (const { key } of types) expect(first(key)).toBe(key);
});

it('shows all without a search, and none that has not all of its words', () => {
  expect(findTypes(types, ' ')).toHaveLength(types.length);
  expect(findTypes(types, 'iban zebra')).toEqual([]);
});
