import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deal, dealEvenly, dealRange } from './deal.ts';
import { stepThrough, timesModulo } from './spread.ts';
import { keyWriter } from './write-key.ts';

/** How many rows each parent has; ranks count from 0 without a gap. */
function sharesOf(deal: Deal, parents: number): number[] {
  const shares = new Array<number>(parents).fill(0);
  for (let row = 0; row < deal.rows; row++) {
    const parent = deal.parent(row);
    expect(deal.rank(row)).toBe(shares[parent]);
    shares[parent] = (shares[parent] ?? Number.NaN) + 1;
  }
  return shares;
}

describe('rows and their parents', () => {
  it('are dealt out within a range, each number of children as often as the others', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), fc.integer({ min: 1, max: 60 }), (min, more, parents) => {
        const max = Math.max(1, min + more);
        const shares = sharesOf(dealRange(min, max, parents), parents);
        const counts = Array.from({ length: max - min + 1 }, (_, i) => shares.filter((one) => one === min + i).length);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(parents);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are dealt out evenly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 80 }), (rows, parents) => {
        const shares = sharesOf(dealEvenly(rows, parents), parents);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are stepped through without one that comes twice', () => {
    for (let parents = 1; parents <= 400; parents++) {
      const step = stepThrough(parents);
      expect(new Set(Array.from({ length: parents }, (_, row) => timesModulo(row, step, parents))).size).toBe(parents);
    }
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), fc.integer({ min: 1, max: 2 ** 40 }), (a, b, n) => {
        expect(timesModulo(a, b, n)).toBe(Number((BigInt(a) * BigInt(b)) % BigInt(n)));
      }),
    );
  });
});

describe('a key', () => {
  it.each([
    [{ kind: 'number', start: '-2', scale: 0 }, 5, 3],
    [{ kind: 'number', start: '9007199254740990', scale: 0 }, 5, 9007199254740995n],
    [{ kind: 'number', start: '100', scale: 2 }, 7, '1.07'],
    [{ kind: 'number', start: '-7', scale: 2 }, 2, '-0.05'],
    [{ kind: 'code', prefix: 'CUS-', width: 4, alphabet: '0123456789' }, 42, 'CUS-0042'],
    [{ kind: 'uuid', prefix: '0123456789ab4cde8f01' }, 255, '01234567-89ab-4cde-8f01-0000000000ff'],
    [{ kind: 'date', start: '2024-02-28' }, 2, '2024-03-01'],
    [{ kind: 'datetime', start: '2024-02-28T23:59:00Z', zoned: true }, 1, '2024-02-29T00:00:00.000Z'],
    [{ kind: 'time', start: 59 }, 3601, '01:01:00'],
    [{ kind: 'listed', values: ['a', 'b'] }, 1, 'b'],
  ] as const)('%j in row %i is %s', (rule, row, value) => {
    expect(keyWriter({ ...rule, by: { of: 'row' } } as Parameters<typeof keyWriter>[0])(row)).toBe(value);
  });
});
