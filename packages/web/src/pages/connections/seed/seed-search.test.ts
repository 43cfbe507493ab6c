import { expect, it } from 'vitest';
import { readTables, saysSame, seedOptionsOf } from './seed-search.ts';

it('plans what the address says', () => {
  expect(seedOptionsOf({})).toEqual({});
  expect(seedOptionsOf({ seed: 'demo', rows: '50', max: '6', tables: '{"public.log":"0","public.order":""}' })).toEqual(
    {
      seed: 'demo',
      rows: 50,
      fanOut: { min: 1, max: 6 },
      tables: { 'public.log': { rows: 0 } },
    },
  );
});

it.each([
  [{ seed: 'a', rows: '5' }, { rows: '5', seed: 'a' }, true],
  [{ seed: 'a' }, { seed: 'b' }, false],
  [{ seed: 'a' }, { rows: 'a' }, false],
  [{ seed: 'a' }, { seed: 'a', rows: '5' }, false],
] as const)('compares %j with %j', (one, other, isSame) => {
  expect(saysSame(one, other)).toBe(isSame);
});

it.each(['', '[1]', 'null', '{', '"x"', undefined])('takes %j for no tables', (text) => {
  expect(readTables(text)).toEqual({});
});
