import { expect, it } from 'vitest';
import { localeCodes } from '../../locales/load-locale.ts';
import { generateRows } from '../../rows/generate-rows.ts';
import { parseTemplate } from '../../template/parse-template.ts';
import { planOf } from '../testing/compiled.ts';
import { firmTaxIds } from './tax-id.ts';
import { vatIds } from './vat-ids.ts';

const vat = new Map(vatIds.map((rule) => [rule.country, rule]));
const rowsOf = async (locale: string, country: string, count: number): Promise<Record<string, string>[]> => {
  const fields = [
    { name: 'country', type: 'country_code', options: { locale } },
    { name: 'vat', type: 'vat_id', options: { country, locale } },
    { name: 'tax', type: 'tax_id', options: { country, locale, holder: 'company' } },
    { name: 'passport', type: 'passport_number', options: { country, locale } },
  ];
  return generateRows(await planOf(fields), 0, count) as Record<string, string>[];
};

it("gives numbers of the country of the row's place in the international locale, none where it has none", async () => {
  const seen = new Set<string>();
  for (const { country = '', vat: number, tax } of await rowsOf('en', 'place', 2000)) {
    seen.add(country);
    const rule = vat.get(country);
    expect(number === '').toBe(rule === undefined);
    const pattern = rule?.rules?.pattern;
    if (pattern !== undefined) expect(number).toMatch(new RegExp(`^(?:${pattern})$`));
    const prefix = /^[A-Z]{2}/.exec(rule?.example ?? '')?.[0];
    if (prefix !== undefined) expect(number?.slice(0, 2)).toBe(prefix);
    expect(tax === '').toBe(!firmTaxIds.has(country));
  }
  expect(seen.size).toBeGreaterThan(40);
});

it.each(localeCodes().filter((code) => code !== 'en'))('gives the numbers of the locale alone (%s)', async (locale) => {
  const country = locale.slice(3);
  const [here, named] = [await rowsOf(locale, 'place', 20), vat.has(country) ? await rowsOf(locale, country, 20) : []];
  expect(here.every(({ vat: number }) => (number === '') === !vat.has(country))).toBe(true);
  if (named.length > 0) expect(here.map((row) => row['vat'])).toEqual(named.map((row) => row['vat']));
});

it('refuses unique numbers of many countries', () => {
  const problemsOf = (options: object): readonly unknown[] => {
    const parsed = parseTemplate({
      fields: [{ name: 'v', type: 'vat_id', options: { country: 'place', ...options } }],
    });
    return parsed.ok ? [] : parsed.diagnostics.map(({ code, pointer }) => [code, pointer]);
  };
  expect(problemsOf({ unique: true })).toEqual([['invalid_option', '/fields/0/options/country']]);
  expect(problemsOf({ unique: true, locale: 'de_DE' })).toEqual([]);
});
