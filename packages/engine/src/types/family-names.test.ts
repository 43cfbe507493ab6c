import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';

const ROWS = 4000;

async function rowsOf(locale: string, fields: readonly Record<string, unknown>[], rows = ROWS) {
  const template = parseTemplate({ locale, fields });
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
  const plan = await compileTemplate(template.value, { seed: 'family names', rows, now: 0 });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return generateRows(plan.value, 0, rows);
}

describe('family names of a locale with a ranking', () => {
  it.each([
    ['fr_FR', 'Martin', 'Mansouri'],
    ['pt_BR', 'Silva', 'Bittencourt'],
    ['sv_SE', 'Andersson', 'Rosén'],
    ['nl_NL', 'de Jong', 'Wiersma'],
  ])('come oftener the commoner they are (%s)', async (locale, common, rare) => {
    const names = (await rowsOf(locale, [{ name: 'n', type: 'last_name' }])).map(({ n }) => n);
    const times = (name: string): number => names.filter((each) => each === name).length;
    expect(times(common)).toBeGreaterThan(100);
    expect(times(rare)).toBeGreaterThan(0);
    expect(times(common)).toBeGreaterThan(8 * times(rare));
  });

  it('are those of the e-mail address and the full name of the row', async () => {
    const rows = await rowsOf('fr_FR', [
      { name: 'last', type: 'last_name' },
      { name: 'full', type: 'full_name' },
    ]);
    for (const { last, full } of rows) expect(String(full).endsWith(` ${last}`)).toBe(true);
  });

  it('come once each where they are unique', async () => {
    const names = (await rowsOf('sv_SE', [{ name: 'n', type: 'last_name', options: { unique: true } }], 200)).map(
      ({ n }) => n,
    );
    expect(new Set(names).size).toBe(200);
  });

  it('are not weighed in a locale that has other names of its language', async () => {
    const names = (await rowsOf('fr_BE', [{ name: 'n', type: 'last_name' }])).map(({ n }) => n);
    const most = Math.max(...Object.values(Object.groupBy(names, String)).map((each) => each?.length ?? 0));
    expect(most).toBeLessThan(ROWS / 50);
  });
});
