import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MOST_PARTS, partRows } from './part-rows.ts';

const csv = { format: 'csv' } as const;
const parquet = { format: 'parquet' } as const;
const joined = (asked?: number) => ({ partRows: asked, partFiles: false });
const files = (asked?: number) => ({ partRows: asked, partFiles: true });

it('cuts any output into parts that are neither too many nor too large', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 1 << 24 }), (rows, largestRow) => {
      const size = partRows({ largestRow }, csv, rows, joined());
      expect(Math.ceil(rows / size)).toBeLessThanOrEqual(MOST_PARTS);
      if (rows <= 1e9) expect(size).toBeLessThanOrEqual(Math.max(10_000, 2_000_000));
      expect(partRows({ largestRow }, { format: 'xlsx' }, rows, joined())).toBe(rows);
      for (const format of [csv, parquet]) {
        const file = partRows({ largestRow }, format, rows, files());
        expect(Math.ceil(rows / file)).toBeLessThanOrEqual(MOST_PARTS);
        if (rows <= 1e9) expect(file).toBeLessThanOrEqual(2_000_000);
        // Several that are small are worth less than one.
        if (rows <= 100_000 && largestRow < 1000) expect(file).toBeGreaterThanOrEqual(rows);
      }
    }),
  );
});

it('takes what is asked for, or refuses it', () => {
  expect(partRows({ largestRow: 100 }, csv, 100, joined(7))).toBe(7);
  expect(partRows({ largestRow: 100 }, parquet, 100, joined(100))).toBe(100);
  expect(() => partRows({ largestRow: 100 }, parquet, 100, joined(99))).toThrow();
  expect(() => partRows({ largestRow: 100 }, csv, MOST_PARTS + 1, joined(1))).toThrow();
  expect(partRows({ largestRow: 100 }, parquet, 100, files(7))).toBe(7);
  expect(() => partRows({ largestRow: 100 }, parquet, MOST_PARTS + 1, files(1))).toThrow();
});
