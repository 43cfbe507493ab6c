import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MOST_PARTS, partRows } from './part-rows.ts';

const csv = { format: 'csv' } as const;

it('cuts any output into parts that are neither too many nor too large', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 1 << 24 }), (rows, largestRow) => {
      const size = partRows({ largestRow }, csv, rows, undefined);
      expect(Math.ceil(rows / size)).toBeLessThanOrEqual(MOST_PARTS);
      if (rows <= 1e9) expect(size).toBeLessThanOrEqual(Math.max(10_000, 2_000_000));
      expect(partRows({ largestRow }, { format: 'xlsx' }, rows, undefined)).toBe(rows);
    }),
  );
});

it('takes what is asked for, or refuses it', () => {
  expect(partRows({ largestRow: 100 }, csv, 100, 7)).toBe(7);
  expect(partRows({ largestRow: 100 }, { format: 'parquet' }, 100, 100)).toBe(100);
  expect(() => partRows({ largestRow: 100 }, { format: 'parquet' }, 100, 99)).toThrow();
  expect(() => partRows({ largestRow: 100 }, csv, MOST_PARTS + 1, 1)).toThrow();
});
