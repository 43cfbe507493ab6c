import { expect, it } from 'vitest';
import { generateRows } from '../../packages/engine/src/rows/generate-rows.ts';
import { planOf } from '../../packages/engine/src/types/testing/compiled.ts';
import { COMPANY, VAT } from './identity-checks.ts';
import { refusedByStdnum } from './stdnum.ts';

const ROWS = process.env['FULL'] === '1' ? 100_000 : 5000;

it.each([
  ['vat_id', {}, VAT],
  ['tax_id', { holder: 'company' }, { ...VAT, ...COMPANY }],
] as const)("gives valid numbers of the country of the row's place (%s)", async (type, options, checks) => {
  const fields = [
    { name: 'country', type: 'country_code' },
    { name: 'number', type, options: { ...options, country: 'place' } },
  ];
  const byCountry = new Map<string, string[]>();
  for (const row of generateRows(await planOf(fields, `validity ${ROWS}`), 0, ROWS)) {
    const { country, number } = row as Record<'country' | 'number', string>;
    if (number !== '') byCountry.set(country, [...(byCountry.get(country) ?? []), number]);
  }
  const questions = [...byCountry].flatMap(([country, values]) => {
    const check = checks[country];
    if (check?.also !== undefined) expect(values.filter((value) => check.also?.(value) !== true)).toEqual([]);
    if (check?.stdnum === undefined) return [];
    return [{ module: check.stdnum, values, ...(check.options && { options: check.options }) }];
  });
  expect(questions.length).toBeGreaterThan(20);
  expect((await refusedByStdnum(questions)).flat()).toEqual([]);
});
