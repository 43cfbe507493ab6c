import { expect, it } from 'vitest';
import { generateRows } from '../../rows/generate-rows.ts';
import { parseTemplate } from '../../template/parse-template.ts';
import { planOf, valuesOf } from '../testing/compiled.ts';

const problemOf = (type: string, options: object): readonly unknown[] => {
  const parsed = parseTemplate({ name: 'test', fields: [{ name: 'v', type, options }] });
  return parsed.ok ? [] : parsed.diagnostics.map(({ pointer, message }) => [pointer, message]);
};

it('refuses reserved numbers without a country, or of a country that has none', () => {
  expect(problemOf('national_id', { reserved: true })).toEqual([
    ['/fields/0/options/reserved', 'reserved numbers need a country'],
  ]);
  expect(problemOf('national_id', { reserved: true, country: 'DE' })).toEqual([
    ['/fields/0/options/reserved', 'no reserved numbers are known for DE'],
  ]);
  expect(problemOf('national_id', { reserved: true, country: 'FI' })).toEqual([]);
});

it('refuses a state of a country that has none, and a holder whose numbers are not known', () => {
  expect(problemOf('drivers_license', { state: 'TX', country: 'DE' })).toEqual([
    ['/fields/0/options/state', 'DE has no states here'],
  ]);
  expect(problemOf('tax_id', { country: 'HK', holder: 'company' })).toEqual([
    ['/fields/0/options/country', 'no tax numbers of firms are known for HK'],
  ]);
});

it.each([
  ['national_id', { country: 'NL', reserved: true }],
  ['ssn_last_four', {}],
  ['drivers_license', { state: 'NY', null_percentage: 0 }],
])('gives every value of %s %j once when unique', async (type, options) => {
  const plan = await planOf([{ name: 'v', type, options: { ...options, unique: true } }]);
  const count = Math.min(plan.capacity, 20_000);
  expect(new Set(generateRows(plan, 0, count).map((row) => row['v'])).size).toBe(count);
  expect(count).toBeGreaterThan(7000);
});

it('takes the country from the locale', async () => {
  const [first] = (await valuesOf('national_id', { locale: 'pl_PL' }, 1)) as [string];
  expect(first).toMatch(/^\d{11}$/);
  const [vat] = (await valuesOf('vat_id', { locale: 'fr_FR' }, 1)) as [string];
  expect(vat).toMatch(/^FR\d{11}$/);
  const [tax] = (await valuesOf('taxId', { locale: 'pt_BR' }, 1)) as [string];
  expect(tax).toMatch(/^\d{3}\.\d{3}\.\d{3}-\d{2}$/);
});

it('leaves separators out when asked', async () => {
  const values = await valuesOf('cnpj', { separators: false }, 50);
  expect(values.every((value) => /^\d{14}$/.test(value as string))).toBe(true);
});

it("gives the nationality of the row's country, or any", async () => {
  const codes = await valuesOf('country_code', {}, 300);
  expect(await valuesOf('nationality', { format: 'code' }, 300)).toEqual(codes);
  const words = await valuesOf('nationality', {}, 300);
  expect(new Set(words.map((word, i) => `${word} ${codes[i]}`)).size).toBe(new Set(codes).size);
  expect(new Set(await valuesOf('nationality', { locale: 'de_DE' }, 100))).toEqual(new Set(['German']));
  expect(new Set(await valuesOf('nationality', { locale: 'de_DE', of: 'anywhere' }, 1000)).size).toBeGreaterThan(150);
});
