import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Plan } from '../plan/plan.ts';
import { add, constant, mul, type Real, row } from '../plan/program.ts';
import { generateRows } from '../rows/generate-rows.ts';

const LEAST = 1e-6;

/** What the kernel writes for a double, row by row, read as a text. */
function written(real: Real, rows: number): unknown[] {
  const program = { kind: 'string', body: [{ p: 'real', value: real }] } as const;
  const plan: Plan = {
    name: 't',
    seed: 's',
    fields: [{ name: 'x', path: '/x', program }],
    capacity: rows,
    largestRow: 1000,
    sensitive: [],
  };
  return generateRows(plan, 0, rows).map(({ x }) => x);
}

it('writes doubles as JavaScript does', () => {
  const units = fc.tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: -(10 ** 5), max: 10 ** 5 }));
  const decimal = fc.record({ units, decimals: fc.integer({ min: 0, max: 6 }) });
  const factor = fc.record({ by: fc.integer({ min: 1, max: 10 ** 6 }), decimals: fc.integer({ min: 0, max: 4 }) });
  fc.assert(
    fc.property(
      decimal,
      factor,
      fc.constantFrom('mul', 'add', 'sub', 'div'),
      ({ units: [from, step], decimals }, b, r) => {
        const a: Real = { r: 'decimal', units: add(mul(row, step), from), decimals };
        const other: Real = { r: 'decimal', units: constant(b.by), decimals: b.decimals };
        const rows = 400;
        const expected = Array.from({ length: rows }, (_, i) => {
          const [x, y] = [(i * step + from) / 10 ** decimals, b.by / 10 ** b.decimals];
          return { add: x + y, sub: x - y, mul: x * y, div: x / y }[r];
        });
        // What is smaller or larger is not the kernel's.
        fc.pre(expected.every((value) => value === 0 || (Math.abs(value) >= LEAST && Math.abs(value) < 2 ** 53)));
        expect(written({ r, a, b: other }, rows)).toEqual(expected.map((value) => String(value)));
      },
    ),
    { numRuns: process.env['FULL'] === undefined ? 60 : 5000 },
  );
});

it('writes powers of two, whose neighbours below are nearer than those above', () => {
  const power = (exponent: number): Real => {
    const two = (e: number): Real => ({ r: 'decimal', units: constant(2 ** e), decimals: 0 });
    return exponent >= 0 ? two(exponent) : { r: 'div', a: two(0), b: two(-exponent) };
  };
  for (let exponent = -19; exponent < 53; exponent++)
    expect(written(power(exponent), 1)).toEqual([String(2 ** exponent)]);
  const [third] = written({ r: 'div', a: power(0), b: { r: 'decimal', units: constant(3), decimals: 0 } }, 1);
  expect(third).toBe('0.3333333333333333');
});
