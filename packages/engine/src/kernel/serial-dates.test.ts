import { describe, expect, it } from 'vitest';
import { generateRows } from '../rows/generate-rows.ts';
import { rowKernel } from '../rows/row-kernel.ts';
import { planOf, type TestField } from '../types/testing/compiled.ts';
import { Kernel } from './kernel.ts';

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

/** The cells of a column of a workbook, without their XML, and the values they stand for. */
async function cellsOf(type: string, options: TestField['options'] = {}): Promise<[string, string][]> {
  const plan = await planOf([{ name: 'v', type, options }]);
  const values = generateRows(plan, 0, 400).map((row) => String(row['v']));
  const kernel = new Kernel(rowKernel(plan, plan.fields, { format: 'xlsx' }).kernel, { seed: plan.seed });
  const xml = new TextDecoder().decode(kernel.fill(0, 400).bytes);
  const cells = [...xml.matchAll(/<row><c([^>]*)>(?:<is><t>|<v>)([^<]*)/g)].map(([, kind, cell]) => `${kind} ${cell}`);
  return values.map((value, index) => [cells[index] as string, value]);
}

describe('serial numbers', () => {
  it.each([{}, { unique: true }, { min: '1900-03-01', max: '1900-03-02' }, { halflife_days: 20, max: '2024-01-01' }])(
    'of dates count days (%j)',
    async (options) => {
      for (const [cell, value] of await cellsOf('date', options)) {
        expect(cell).toBe(` s="1" ${(Date.parse(value) - EPOCH) / DAY}`);
      }
    },
  );

  it.each([{}, { precision: 'seconds' }, { unique: true }, { min: '1950-01-01T00:00:00Z', max: '1975-01-01' }])(
    'of moments are exact to the millisecond (%j)',
    async (options) => {
      for (const [cell, value] of await cellsOf('datetime', options)) {
        const [, style, serial] = /^ (s="\d") (\d+\.\d{10})$/.exec(cell) ?? [];
        expect(style).toBe('s="2"');
        expect(Math.round(Number(serial) * DAY) + EPOCH).toBe(Date.parse(value));
      }
    },
  );

  it('of times are fractions of a day', async () => {
    for (const [cell, value] of await cellsOf('time')) {
      const serial = Number(cell.replace(' s="3" ', ''));
      expect(new Date(Math.round(serial * DAY)).toISOString().slice(11, 19)).toBe(value);
    }
  });

  it('are not used where a day may lie before March 1900', async () => {
    for (const [cell, value] of await cellsOf('date', { min: '1900-02-28', max: '1900-03-05' })) {
      expect(cell).toBe(` t="inlineStr" ${value}`);
    }
  });
});
