import type { Column } from '@datamaker/connectors';
import { expect, it } from 'vitest';
import { narrowedPattern } from './narrowed-pattern.ts';

const column = (isPadded: boolean, maxLength: number): Column => ({ isPadded, maxLength }) as Column;

it.each([
  ['itself where it can', '^[A-Z]{3}$', column(false, 9), true, '^[A-Z]{3}$'],
  ['with what may be left out, where its texts come in one way then', '^a?.?b$', column(false, 9), true, '^a.b$'],
  ['itself, where texts may be the same', '^.?a.?$', column(false, 9), false, '^.?a.?$'],
  ['what fills a column', '^T-?\\d{2}$', column(true, 4), false, '^T-\\d{2}$'],
  ['what fills a column, by leaving out', '^T-?[?*]*\\d{2}$', column(true, 3), false, '^T\\d{2}$'],
])('a pattern is narrowed to %s', (_, pattern, of, isKey, narrowed) => {
  expect(narrowedPattern(pattern, of, isKey)?.pattern).toBe(narrowed);
});

it('none is made of a pattern that is not understood', () => {
  expect(narrowedPattern('(?<=a)b', column(false, 9), true)).toBeUndefined();
});
