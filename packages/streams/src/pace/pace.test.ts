import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

const paces = fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 1e-6, max: 3600, noNaN: true }));

it('has a row due from the moment that it names, and not before', () => {
  fc.assert(
    fc.property(paces, fc.integer({ min: 1, max: 1e9 }), ([burst, every], rows) => {
      const pace = new Pace(burst, every);
      const at = pace.at(rows);
      expect(pace.due(at)).toBeGreaterThanOrEqual(rows);
      if (rows > burst) expect(pace.due(at - every / 2)).toBeLessThan(rows);
    }),
  );
});

it('has within a time what is due before its end', () => {
  fc.assert(
    fc.property(paces, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), ([burst, every], seconds) => {
      const pace = new Pace(burst, every);
      const rows = pace.within(seconds);
      // There are no more rows than that in any template.
      fc.pre(rows <= 1e12);
      expect(pace.at(rows)).toBeLessThan(seconds);
      expect(pace.at(rows + 1)).toBeGreaterThanOrEqual(seconds);
    }),
  );
});

it('keeps to a rate, to one burst', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0.001, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (burst, rate, seconds) => {
        const ideal = rate * seconds;
        const due = new Pace(burst, burst / rate).due(seconds);
        expect(Math.abs(due - ideal)).toBeLessThanOrEqual(burst + ideal * 1e-9);
      },
    ),
  );
});

it('refuses what is no pace', () => {
  for (const [burst, every] of [
    [0, 1],
    [1.5, 1],
    [1, 0],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
  ] as const)
    expect(() => new Pace(burst, every)).toThrow(RangeError);
});
