import { expect, it } from 'vitest';
import { readTables, seedOptionsOf } from './seed-search.ts';

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

it.each(['', '[1]', 'null', '{', '"x"', undefined])('takes %j for no tables', (text) => {
  expect(readTables(text)).toEqual({});
});
