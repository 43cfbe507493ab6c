import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import type { Plan } from '../plan/plan.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { generateRows } from './generate-rows.ts';
import { RowMaker } from './row-maker.ts';

async function planOf(fields: readonly object[]): Promise<Plan> {
  const parsed = parseTemplate({ fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 's' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.value;
}

describe('batches of rows', () => {
  it('are the rows in their order, whatever their size', async () => {
    const plan = await planOf([
      { name: 'id', type: 'row_number' },
      { name: 'double', type: 'derived', options: { expression: 'id * 2' } },
    ]);
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), fc.integer({ min: 1, max: 500 }), (from, count, most) => {
        const batches = [...new RowMaker(plan).batches(from, from + count, most)];
        expect(batches.flat()).toEqual(count === 0 ? [] : generateRows(plan, from, from + count));
        for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 30 },
    );
  });

  it('have few rows where rows are large', async () => {
    const values = ['x'.repeat(1_000_000), 'y'.repeat(1_000_000)];
    const plan = await planOf([{ name: 'v', type: 'enum', options: { values } }]);
    const sizes = Array.from(new RowMaker(plan).batches(0, 100, 2000), (batch) => batch.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(100);
  });

  it('grow where rows are smaller than they may be', async () => {
    const plan = await planOf([
      { name: 'id', type: 'row_number' },
      ...Array.from({ length: 20 }, (_, i) => ({
        name: `d${i}`,
        type: 'derived',
        options: { expression: 'a{{id}}' },
      })),
    ]);
    const sizes = Array.from(new RowMaker(plan).batches(0, 5000, 2000), (batch) => batch.length);
    expect(sizes.length).toBeLessThan(8);
  });
});
