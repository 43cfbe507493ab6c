import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../compile/compile-template.ts';
import { generateRows } from '../../rows/generate-rows.ts';
import { parseTemplate } from '../../template/parse-template.ts';

const parse = (fields: readonly unknown[]) => parseTemplate({ fields });

async function rows(fields: readonly unknown[], count = 500) {
  const template = parse(fields);
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
  const plan = await compileTemplate(template.value, { seed: 'stages', rows: count });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return generateRows(plan.value, 0, count);
}

describe('stages of a course of events', () => {
  it('lie in their order, days and moments alike, within the bounds', async () => {
    const [min, max] = ['2024-01-01', '2024-01-31'];
    const made = await rows([
      { name: 'c', type: 'date', options: { min, max, stage: 3 } },
      { name: 'a', type: 'datetime', options: { min: `${min}T00:00:00Z`, max: `${max}T00:00:00Z`, stage: 1 } },
      {
        name: 'b',
        type: 'datetime',
        options: { min: `${min}T00:00:00Z`, max: `${max}T00:00:00Z`, precision: 'seconds', stage: 2 },
      },
      { name: 'd', type: 'datetime', options: { min: `${min}T00:00:00Z`, max: `${max}T00:00:00Z`, stage: 9 } },
    ]);
    for (const { a, b, c, d } of made) {
      expect(String(a) < String(b)).toBe(true);
      expect(String(b).slice(0, 10) <= String(c)).toBe(true);
      expect(String(c) <= String(d).slice(0, 10)).toBe(true);
      expect(String(a) >= min && String(d) <= `${max}T00:00:00.000Z`).toBe(true);
    }
  });

  it('are those of their group', async () => {
    const stage = (name: string, group: string) => ({ name, type: 'date', options: { stage: 1, group } });
    const made = await rows([stage('a', 'x'), stage('b', 'x'), stage('c', 'y')], 50);
    expect(made.every(({ a, b }) => a === b)).toBe(true);
    expect(made.some(({ a, c }) => a !== c)).toBe(true);
  });

  it('keep times of day in order', async () => {
    const made = await rows([
      { name: 'from', type: 'time', options: { stage: 1, min: '08:00:00', max: '18:00:00' } },
      { name: 'to', type: 'time', options: { stage: 2, min: '08:00:00', max: '18:00:00' } },
    ]);
    for (const { from, to } of made) expect(String(from) < String(to) && String(to) <= '18:00:00').toBe(true);
  });

  it('go with neither uniqueness nor a distribution', () => {
    for (const options of [
      { stage: 1, unique: true },
      { stage: 1, halflife_days: 3 },
    ]) {
      const parsed = parse([{ name: 'a', type: 'date', options }]);
      expect(parsed.ok ? [] : parsed.diagnostics.map(({ code }) => code)).toContain('invalid_option');
    }
  });
});
