import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadNameFigures, localesWithNameFigures } from '../locales/figures/load-name-figures.ts';
import type { NameFigures, NameTable } from '../locales/figures/name-figures.ts';
import { placeWeights } from '../locales/figures/place-weights.ts';
import { geographyOf } from '../locales/geography/geography.ts';
import { loadLocale } from '../locales/load-locale.ts';
import { placesOf } from '../locales/places.ts';
import { slug } from '../locales/slug.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { compileTemplate } from './compile-template.ts';

type Row = Readonly<Record<string, string>>;
const ROWS = 20_000;

async function compiled(template: object, seed = 'test'): Promise<Awaited<ReturnType<typeof compileTemplate>>> {
  const parsed = parseTemplate(template);
  return parsed.ok ? compileTemplate(parsed.value, { seed, now: Date.UTC(2026, 0, 1) }) : parsed;
}
async function rowsOf(template: object, count: number, seed?: string): Promise<Row[]> {
  const plan = await compiled(template, seed);
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return generateRows(plan.value, 0, count) as Row[];
}
const problemsOf = async (template: object): Promise<readonly unknown[]> => {
  const plan = await compiled(template);
  return plan.ok ? [] : plan.diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
};
const figuresOf = async (locale: string): Promise<NameFigures> => (await loadNameFigures(locale)) as NameFigures;
const field = (type: string, options: object = {}): object => ({ name: type, type, options });

/**
 * Whether values come as often as their weights say: Pearson's chi-square over values expected at least 20 times, the others
 * as one. The bound is five standard deviations above the mean of the distribution; the seed is fixed.
 */
function expectShares(values: readonly string[], weights: ReadonlyMap<string, number>): void {
  const sum = [...weights.values()].reduce((a, b) => a + b, 0);
  const seen = new Map<string, number>();
  for (const value of values) seen.set(value, (seen.get(value) ?? 0) + 1);
  expect([...seen.keys()].filter((value) => !weights.has(value))).toEqual([]);
  let [rest, expectedRest, square, cells] = [values.length, values.length, 0, 0];
  for (const [value, weight] of weights) {
    const expected = (weight / sum) * values.length;
    if (expected < 20) continue;
    const got = seen.get(value) ?? 0;
    square += (got - expected) ** 2 / expected;
    rest -= got;
    expectedRest -= expected;
    cells++;
  }
  if (expectedRest >= 20) square += (rest - expectedRest) ** 2 / expectedRest;
  expect(cells).toBeGreaterThan(5);
  expect(square).toBeLessThan(cells + 5 * Math.sqrt(2 * cells));
}
const weightsOf = (...tables: readonly NameTable[]): Map<string, number> =>
  new Map(tables.flatMap(({ names, weights }) => names.map((name, i): [string, number] => [name, weights[i] ?? 0])));

describe('names weighted by the population', () => {
  it.each(localesWithNameFigures())('come as often as people bear them (%s)', async (locale) => {
    const { female, male, last } = await figuresOf(locale);
    const types = ['first_name', 'last_name', 'sex'].map((type) => field(type));
    const rows = await rowsOf({ locale, weighting: 'population', fields: [...types, field('middle_name')] }, ROWS);
    expectShares(
      rows.map((row) => row['first_name'] ?? ''),
      weightsOf(female, male),
    );
    if (last !== undefined) {
      expectShares(
        rows.map((row) => row['last_name'] ?? ''),
        weightsOf(last),
      );
    }
    for (const row of rows) expect(female.names.includes(row['first_name'] ?? '')).toBe(row['sex'] === 'female');
    expectShares(
      rows.filter((row) => row['sex'] === 'female').map((row) => row['middle_name'] ?? ''),
      weightsOf(female),
    );
  });

  it.each(localesWithNameFigures())('are the same in all fields of a row and its groups (%s)', async (locale) => {
    const data = await loadLocale(locale);
    const order = data?.person.pattern ?? '';
    const types = [
      'first_name',
      'last_name',
      'full_name',
      'email',
      'username',
      'nickname',
      'initials',
      'company_email',
    ];
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 8 }), async (seed) => {
        const fields = ['buyer', 'seller'].flatMap((group) =>
          types.map((type) => ({ name: `${group} ${type}`, type, options: { group, unique: type === 'username' } })),
        );
        for (const row of await rowsOf({ locale, weighting: 'population', fields }, 20, seed)) {
          for (const group of ['buyer', 'seller']) {
            const of = (type: string): string => row[`${group} ${type}`] ?? '';
            const [first, last] = [of('first_name'), of('last_name')];
            expect(of('full_name')).toBe(order.replace('{first}', first).replace('{last}', last));
            const [a, b] = [first, last].map((name) => slug(name, locale.slice(0, 2)));
            expect(of('email')).toMatch(new RegExp(`^${a}[.]${b}[0-9]{2}@`));
            expect(of('username')).toMatch(new RegExp(`^${a}[._]?${b}[0-9]+$`));
            expect(of('company_email').startsWith(`${a}.${b}@`)).toBe(true);
            expect(of('nickname').startsWith(a ?? '?')).toBe(true);
            expect(of('initials')).toBe(
              [...first]
                .slice(0, 1)
                .concat([...last].slice(0, 1))
                .join(''),
            );
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it('are drawn by their frequency for one sex too, and each once when unique', async () => {
    const { male } = await figuresOf('sv_SE');
    const template = (options: object): object => ({
      ...{ locale: 'sv_SE', weighting: 'population' },
      fields: [field('first_name', { sex: 'male', ...options })],
    });
    const names = async (options: object, count: number): Promise<string[]> =>
      (await rowsOf(template(options), count)).map((row) => row['first_name'] ?? '');
    expectShares(await names({}, ROWS), weightsOf(male));
    const all = await names({ unique: true }, male.names.length);
    expect(new Set(all)).toEqual(new Set(male.names));
  });

  it('leave the name of the company to the locale, so that it is one company whatever its people are', async () => {
    const fields = (weighting: string): object => ({ locale: 'en_US', weighting, fields: [field('company')] });
    expect(await rowsOf(fields('population'), 200)).toEqual(await rowsOf(fields('uniform'), 200));
  });

  it('are those of the locale where there are no figures', async () => {
    const fields = (weighting: string): object => ({ locale: 'fr_FR', weighting, fields: [field('full_name')] });
    expect(await rowsOf(fields('population'), 200)).toEqual(await rowsOf(fields('uniform'), 200));
  });
});

describe('places weighted by the population', () => {
  it.each(['de_DE', 'ja_JP', 'en_US', 'zh_TW', 'et_EE'])('come as often as people live there (%s)', async (locale) => {
    const data = await loadLocale(locale);
    const places = data === undefined ? [] : placesOf(data);
    const weights = new Map<string, number>();
    for (const place of places) {
      weights.set(place.city, (weights.get(place.city) ?? 0) + geographyOf(place).population);
    }
    const rows = await rowsOf({ locale, weighting: 'population', fields: [field('city'), field('postcode')] }, ROWS);
    expectShares(
      rows.map((row) => row['city'] ?? ''),
      weights,
    );
  });

  it('are in each country as often as people live in it, in the international locale', async () => {
    const places = placesOf({ country: null });
    const weights = new Map(places.map((place) => [place.country, geographyOf(place).country.population]));
    const rows = await rowsOf({ fields: [field('country_code', { weighting: 'population' })] }, ROWS);
    expectShares(
      rows.map((row) => row['country_code'] ?? ''),
      weights,
    );
    const sum = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0);
    const inChina = placeWeights(places).filter((_, i) => places[i]?.country === 'CN');
    expect(sum(inChina) / (weights.get('CN') ?? 0)).toBeCloseTo(1, 9);
  });

  it('are one place in all fields', async () => {
    const types = ['city', 'postcode', 'state', 'phone', 'timezone', 'latitude', 'country_code', 'currency_code'];
    const template = { weighting: 'population', fields: types.map((type) => field(type)) };
    const of = new Map<string, Set<string>>();
    for (const row of await rowsOf(template, 2000)) {
      const place = `${row['country_code']} ${row['state']} ${row['city']}`;
      const seen = of.get(place) ?? new Set();
      of.set(place, seen.add(`${row['timezone']} ${row['currency_code']}`));
    }
    expect([...of.values()].filter((seen) => seen.size > 1)).toEqual([]);
  });
});

describe('weightings', () => {
  const fields = [field('first_name'), field('email'), field('city')];

  it('are uniform unless said otherwise', async () => {
    expect(await rowsOf({ fields, weighting: 'uniform' }, 50)).toEqual(await rowsOf({ fields }, 50));
    expect(await rowsOf({ fields, weighting: 'population', locale: 'en_US' }, 50)).not.toEqual(
      await rowsOf({ fields, locale: 'en_US' }, 50),
    );
  });

  it('may not differ between fields that speak of one person or place', async () => {
    const weighted = (type: string, options: object = {}): object =>
      field(type, { weighting: 'population', ...options });
    expect(await problemsOf({ fields: [weighted('first_name'), field('email')] })).toEqual([
      'mixed_weighting /fields/1',
    ]);
    expect(await problemsOf({ fields: [field('city'), weighted('postcode')] })).toEqual(['mixed_weighting /fields/1']);
    expect(await problemsOf({ fields: [field('full_name'), weighted('city')] })).toEqual([]);
    expect(await problemsOf({ fields: [field('city'), weighted('postcode', { group: 'other' })] })).toEqual([]);
    const inner = { type: 'object', options: { fields: [weighted('city')] }, name: 'inner' };
    expect(await problemsOf({ fields: [field('city'), inner] })).toEqual([]);
    const both = { type: 'object', options: { fields: [weighted('city'), field('state')] }, name: 'inner' };
    expect(await problemsOf({ fields: [both] })).toEqual(['mixed_weighting /fields/0/options/fields/1']);
  });

  it('go down into nested objects, lists and other templates as the locale does', async () => {
    const nested = [
      { name: 'o', type: 'object', options: { fields: [field('city')] } },
      { name: 'l', type: 'array', options: { of: { type: 'city' }, count: 1 } },
    ];
    const [inherited, own] = await Promise.all([
      rowsOf({ fields: nested, weighting: 'population' }, 300),
      rowsOf({ fields: nested }, 300),
    ]);
    const countBig = (rows: readonly object[]): number =>
      rows.filter((row) => /Shanghai|Beijing|Mumbai|Delhi|Lagos/.test(JSON.stringify(row))).length;
    expect(countBig(inherited)).toBeGreaterThan(3 * countBig(own) + 20);
  });

  it('are refused when there is no such', async () => {
    expect(await problemsOf({ weighting: 'zipf', fields })).toEqual(['invalid_option /weighting']);
    expect(await problemsOf({ fields: [field('city', { weighting: 'zipf' })] })).toEqual([
      'invalid_option /fields/0/options/weighting',
    ]);
  });
});
