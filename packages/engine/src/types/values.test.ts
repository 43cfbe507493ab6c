import { describe, expect, it } from 'vitest';
import { generateRows } from '../rows/generate-rows.ts';
import { planOf, valuesOf } from './testing/compiled.ts';

const COUNT = 2000;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const stddev = (values: readonly number[]): number => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));

describe('checked numbers', () => {
  it.each(['visa', 'mastercard', 'amex', 'discover', 'diners', 'jcb'])(
    '%s numbers pass the Luhn check',
    async (issuer) => {
      for (const value of (await valuesOf('credit_card_number', { issuer }, COUNT)) as string[]) {
        const sum = [...value].toReversed().reduce((total, c, i) => {
          const digit = Number(c);
          return total + (i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2);
        }, 0);
        expect(sum % 10, value).toBe(0);
      }
    },
  );

  const lengths = {
    AT: 20,
    BE: 16,
    BG: 22,
    CH: 21,
    CY: 28,
    DE: 22,
    DK: 18,
    GB: 22,
    GR: 27,
    IE: 22,
    LU: 20,
    NL: 18,
    RO: 24,
    SE: 24,
    AE: 23,
    SA: 24,
  };
  it.each(Object.entries(lengths))('IBANs of %s have %i characters and remainder 1', async (country, length) => {
    for (const value of (await valuesOf('iban', { country }, 500)) as string[]) {
      expect(value.length).toBe(length);
      const moved = value.slice(4) + value.slice(0, 4);
      const number = BigInt([...moved].map((c) => Number.parseInt(c, 36)).join(''));
      expect(number % 97n, value).toBe(1n);
    }
  });
});

describe('numbers', () => {
  it('stay within their bounds, which both occur', async () => {
    const values = (await valuesOf('number', { min: -3, max: 4 }, COUNT)) as number[];
    expect(new Set(values)).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3, 4]));
  });

  it('take huge ranges', async () => {
    const values = (await valuesOf('number', { min: -1e15, max: 1e15 }, COUNT)) as number[];
    expect(values.every((v) => Number.isSafeInteger(v) && Math.abs(v) <= 1e15)).toBe(true);
    expect(Math.abs(mean(values))).toBeLessThan(1e14);
  });

  it('have the asked-for decimals', async () => {
    const values = (await valuesOf('float', { min: -1, max: 1, decimals: 3 }, COUNT)) as number[];
    expect(values.every((v) => Math.abs(v) <= 1 && Number(v.toFixed(3)) === v)).toBe(true);
    expect(values.some((v) => v < 0 && v > -0.1)).toBe(true);
  });

  it('are gaussian when a mean is given, and clamped', async () => {
    const values = (await valuesOf('currency', { mean: 1000, stddev: 500, min: -2000, max: 5000 }, 20_000)) as number[];
    expect(mean(values)).toBeGreaterThan(985);
    expect(mean(values)).toBeLessThan(1015);
    expect(stddev(values)).toBeGreaterThan(490);
    expect(stddev(values)).toBeLessThan(510);
    const clamped = (await valuesOf('number', { mean: 50, stddev: 100, min: 0, max: 100 }, COUNT)) as number[];
    expect(clamped.filter((v) => v === 0).length).toBeGreaterThan(COUNT / 5);
  });

  it('have a long tail under pareto, longer for a lower alpha', async () => {
    const [fat, thin] = [
      await valuesOf('number', { alpha: 0.5, min: 1, max: 100_000 }, 20_000),
      await valuesOf('number', { alpha: 2, min: 1, max: 100_000 }, 20_000),
    ] as [number[], number[]];
    const above = (values: number[]): number => values.filter((v) => v > 1000).length;
    expect(above(fat)).toBeGreaterThan(300);
    expect(above(thin)).toBeLessThan(20);
  });

  it('are lognormal by the mean and deviation of the values', async () => {
    const values = (await valuesOf(
      'float',
      { distribution: 'lognormal', mean: 100, stddev: 50, min: 0, max: 10_000 },
      40_000,
    )) as number[];
    expect(mean(values)).toBeGreaterThan(98);
    expect(mean(values)).toBeLessThan(102);
    expect(stddev(values)).toBeGreaterThan(46);
    expect(stddev(values)).toBeLessThan(54);
  });

  it('follow zipf: rank two comes half as often as rank one', async () => {
    const values = (await valuesOf('enum', { values: ['a', 'b', 'c', 'd'], distribution: 'zipf' }, 40_000)) as string[];
    const count = (v: string): number => values.filter((other) => other === v).length;
    expect(count('a') / count('b')).toBeGreaterThan(1.9);
    expect(count('a') / count('b')).toBeLessThan(2.1);
    expect(count('a') / count('d')).toBeGreaterThan(3.7);
  });
});

describe('enum', () => {
  it.each([[[10, 2, 1, 1]], [{ DE: 10, FR: 2, IT: 1, ES: 1 }]])('weighs by list or map: %j', async (weights) => {
    const values = (await valuesOf('enum', { values: ['DE', 'FR', 'IT', 'ES'], weights }, 28_000)) as string[];
    const share = (v: string): number => values.filter((other) => other === v).length / 28_000;
    expect(share('DE')).toBeCloseTo(10 / 14, 1);
    expect(share('FR')).toBeCloseTo(2 / 14, 1);
    expect(share('ES')).toBeCloseTo(1 / 14, 1);
  });

  it('gives values of any kind', async () => {
    const given = [1, 'x', null, true, { a: ['"'] }, [1, 2]];
    const values = await valuesOf('enum', { values: given }, COUNT);
    expect(new Set(values.map((v) => JSON.stringify(v)))).toEqual(new Set(given.map((v) => JSON.stringify(v))));
  });
});

describe('dates', () => {
  it('lie between their bounds, both of which occur', async () => {
    const values = (await valuesOf('date', { min: '2024-02-27', max: '2024-03-01' }, 200)) as string[];
    expect(new Set(values)).toEqual(new Set(['2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01']));
  });

  it('reach before 1970 and to the end of the range', async () => {
    const values = (await valuesOf('datetime', { min: '1850-01-01', max: '2150-12-31T23:59:59Z' }, COUNT)) as string[];
    expect(values.every((v) => new Date(v).toISOString() === v)).toBe(true);
    expect(values.some((v) => v < '1900')).toBe(true);
    expect(values.some((v) => v > '2100')).toBe(true);
  });

  it('lean to the present with a half-life', async () => {
    const values = (await valuesOf(
      'date',
      { min: '2020-01-01', max: '2025-12-31', halflife_days: 30 },
      4000,
    )) as string[];
    const recent = values.filter((v) => v >= '2025-12-01').length / 4000;
    expect(recent).toBeGreaterThan(0.46);
    expect(recent).toBeLessThan(0.56);
  });

  it('take "now" from when the plan was made', async () => {
    const plan = await planOf([{ name: 'v', type: 'date', options: { min: '2026-01-01', max: 'now' } }]);
    expect(new Set(generateRows(plan, 0, 50).map((row) => row['v']))).toEqual(new Set(['2026-01-01']));
  });
});

describe('coherence', () => {
  it("makes e-mail and user name from the row's name, and city, postcode and country from one place", async () => {
    const types = ['first_name', 'last_name', 'full_name', 'email', 'city', 'state', 'postcode', 'country_code'];
    const rows = generateRows(await planOf(types.map((type) => ({ name: type, type }))), 0, 300);
    for (const row of rows) {
      expect(row['full_name']).toBe(`${row['first_name']} ${row['last_name']}`);
    }
    const byCity = new Map<unknown, unknown>();
    for (const row of rows) {
      const key = `${row['city']}|${row['state']}`;
      expect(byCity.get(key) ?? row['country_code']).toBe(row['country_code']);
      byCity.set(key, row['country_code']);
    }
  });
});

describe('nested templates', () => {
  it('give objects, and lists whose length varies by row', async () => {
    const fields = [
      { name: 'sku', type: 'regex', options: { pattern: '[A-Z]{3}' } },
      { name: 'n', type: 'sequence' },
    ];
    const rows = generateRows(
      await planOf([
        { name: 'items', type: 'template', options: { fields, array: true, count: { min: 0, max: 3 } } },
        { name: 'one', type: 'template', options: { fields } },
      ]),
      0,
      200,
    );
    expect(new Set(rows.map((row) => (row['items'] as unknown[]).length))).toEqual(new Set([0, 1, 2, 3]));
    expect(rows.every((row) => /^[A-Z]{3}$/.test((row['one'] as { sku: string }).sku))).toBe(true);
  });

  it('see children in derived fields, and sum them', async () => {
    const items = {
      name: 'items',
      type: 'template',
      options: {
        fields: [
          { name: 'amount', type: 'currency' },
          { name: 'label', type: 'derived', options: { expression: '{{amount}} EUR' } },
        ],
        array: true,
        count: { min: 1, max: 5 },
      },
    };
    const total = { name: 'total', type: 'derived', options: { expression: 'sum(items[*].amount)' } };
    for (const row of generateRows(await planOf([total, items]), 0, 100)) {
      const children = row['items'] as { amount: number; label: string }[];
      expect(row['total']).toBeCloseTo(
        children.reduce((sum, { amount }) => sum + amount, 0),
        6,
      );
      for (const { amount, label } of children) expect(label).toBe(`${amount} EUR`);
    }
  });
});
