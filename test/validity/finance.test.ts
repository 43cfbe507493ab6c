import { compileTemplate, generateRows, parseTemplate } from '@datamaker/engine';
import cards from 'card-validator';
import { countrySpecs, isValidIBAN } from 'ibantools';
import validator from 'validator';
import { locales } from 'validator/lib/isIBAN.js';
import { describe, expect, it } from 'vitest';
import { ibanCountries } from '../../packages/engine/src/types/finance/iban/structure.ts';
import { wrongForStdnum } from './finance-python.ts';

/** Values of each type and option: few in every run, many with FULL=1. */
const COUNT = process.env['FULL'] === '1' ? 10_000 : 500;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

async function rowsOf(fields: readonly Field[], count = COUNT): Promise<Record<string, unknown>[]> {
  const parsed = parseTemplate({ name: 'validity', fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 'validity', now: Date.UTC(2026, 0, 1) });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return generateRows(plan.value, 0, Math.min(count, plan.value.capacity));
}

async function valuesOf(type: string, options: Field['options'] = {}): Promise<string[]> {
  return (await rowsOf([{ name: 'v', type, options }])).map((row) => String(row['v']));
}

/** Fails with the values that a check refuses. */
function expectAll(values: readonly string[], isValid: (value: string) => boolean): void {
  expect(values.filter((value) => !isValid(value)).slice(0, 5)).toEqual([]);
}

const knownToValidator = new Set<string>(locales);

describe('IBANs', () => {
  it.each(ibanCountries)('of %s are valid', async (country) => {
    const values = await valuesOf('iban', { country });
    expectAll(values, (value) => value.startsWith(country));
    if (countrySpecs[country]?.chars !== null) expectAll(values, (value) => isValidIBAN(value));
    if (knownToValidator.has(country)) expectAll(values, (value) => validator.isIBAN(value));
    expect(new Set(values).size).toBe(values.length);
  });

  it('are valid for python-stdnum, whose structures are those of the registry', async () => {
    const values = await Promise.all(ibanCountries.map((country) => valuesOf('iban', { country })));
    expect(wrongForStdnum('stdnum.iban', values.flat()).slice(0, 5)).toEqual([]);
  });

  it('have the check digits of their country', async () => {
    const accounts = async (country: string): Promise<string[]> =>
      (await valuesOf('iban', { country })).map((value) => value.slice(4));
    expect(wrongForStdnum('stdnum.luhn', await accounts('FI')).slice(0, 5)).toEqual([]);
    const owners = (await accounts('IS')).map((account) => account.slice(12));
    expect(wrongForStdnum('stdnum.is_.kennitala', owners).slice(0, 5)).toEqual([]);
    // The registry's own examples pass the same rule, which says that the rule is right.
    for (const [country, example, isValid] of NATIONAL) {
      expect(isValid(example.slice(4)), example).toBe(true);
      expectAll(await accounts(country), isValid);
    }
  });

  it('are the same in groups of four', async () => {
    for (const country of ibanCountries) {
      const plain = await valuesOf('iban', { country });
      const formatted = await valuesOf('iban', { country, formatted: true });
      expect(formatted).toEqual(plain.map((value) => value.replaceAll(/(.{4})(?=.)/g, '$1 ')));
    }
  });

  it('are unique when asked to be, and still valid', async () => {
    for (const country of ibanCountries) {
      const values = await valuesOf('iban', { country, unique: true });
      expect(new Set(values).size).toBe(values.length);
      expect(wrongIbans(values)).toEqual([]);
    }
  });
});

const weighted = (digits: string, weights: readonly number[]): number =>
  [...digits].reduce((sum, digit, i) => sum + Number(digit) * (weights[i % weights.length] ?? 0), 0);
const remainder = (digits: string): bigint => BigInt(digits) % 97n;

const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22,
  25, 24, 23,
];
const isItalian = (account: string): boolean => {
  const sum = [...account.slice(1)].reduce((total, char, i) => {
    const value = Number.parseInt(char, 36);
    return total + (i % 2 === 0 ? (ODD[value] ?? 0) : value % 10);
  }, 0);
  return String.fromCharCode(65 + (sum % 26)) === account[0];
};

/** Countries whose check digits no library looks at: an example that the SWIFT registry publishes, and the rule. */
const NATIONAL: readonly (readonly [string, string, (account: string) => boolean])[] = [
  ['AL', 'AL47212110090000000235698741', (a) => weighted(a.slice(0, 8), [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0],
  ['BI', 'BI4210000100010000332045181', (a) => remainder(a) === 0n],
  ['DJ', 'DJ2100010000000154000100186', (a) => remainder(a) === 0n],
  ['IT', 'IT60X0542811101000000123456', isItalian],
  ['MR', 'MR1300020001010000123456753', (a) => remainder(a) === 0n],
  ['NL', 'NL91ABNA0417164300', (a) => weighted(a.slice(4), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0],
  ['RU', 'RU0304452522540817810538091310419', (a) => weighted(a.slice(6), [7, 1, 3]) % 10 === 0],
  ['SM', 'SM86U0322509800000000270100', isItalian],
  ['ST', 'ST23000100010051845310146', (a) => remainder(a) === 1n],
  ['TL', 'TL380080012345678910157', (a) => remainder(a) === 1n],
  ['TN', 'TN5910006035183598478831', (a) => remainder(a) === 0n],
  ['XK', 'XK051212012345678906', (a) => remainder(a) === 1n],
];

const wrongIbans = (values: readonly string[]): string[] =>
  values.filter((value) => {
    const digits = [...`${value.slice(4)}${value.slice(0, 4)}`].map((c) => Number.parseInt(c, 36)).join('');
    return BigInt(digits) % 97n !== 1n;
  });

describe('cards', () => {
  const named = {
    visa: 'visa',
    mastercard: 'mastercard',
    amex: 'american-express',
    discover: 'discover',
    diners: 'diners-club',
    jcb: 'jcb',
    unionpay: 'unionpay',
    maestro: 'maestro',
    mir: 'mir',
  };

  it.each(Object.entries(named))('of %s have its prefix, length and check digit', async (issuer, type) => {
    for (const unique of [false, true]) {
      const numbers = await valuesOf('credit_card_number', { issuer, unique });
      expectAll(numbers, (number) => {
        const judged = cards.number(number);
        return judged.isValid && judged.card?.type === type;
      });
      if (unique) expect(new Set(numbers).size).toBe(numbers.length);
    }
  });

  it.each(['any', 'visa', 'amex', 'diners'])('of %s are the same in groups', async (issuer) => {
    const numbers = await valuesOf('credit_card_number', { issuer });
    const formatted = await valuesOf('credit_card_number', { issuer, formatted: true });
    expect(formatted.map((number) => number.replaceAll(' ', ''))).toEqual(numbers);
    expectAll(formatted, (number) => {
      const gaps = cards.number(number).card?.gaps ?? [];
      return [...number.matchAll(/ /g)].every(({ index }, i) => index - i === gaps[i]);
    });
  });

  it('agree on issuer, length and security code in a row', async () => {
    const rows = await rowsOf(
      [
        { name: 'number', type: 'credit_card_number' },
        { name: 'issuer', type: 'card_issuer' },
        { name: 'cvv', type: 'card_cvv' },
        { name: 'expiry', type: 'card_expiry' },
        { name: 'iso', type: 'card_expiry', options: { format: 'YYYY-MM' } },
        { name: 'first', type: 'first_name', options: { locale: 'en_US' } },
        { name: 'holder', type: 'card_holder', options: { locale: 'en_US' } },
        { name: 'other', type: 'credit_card_number', options: { group: 'second' } },
      ],
      5000,
    );
    const seen = new Map<unknown, number>();
    for (const { number, issuer, cvv, expiry, iso, first, holder } of rows) {
      const { card } = cards.number(String(number));
      expect(card?.niceType, String(number)).toBe(issuer);
      expect(String(cvv).length, String(number)).toBe(card?.code.size);
      expect(String(iso) > '2026-01' && String(iso) <= '2031-01').toBe(true);
      expect(expiry).toBe(`${String(iso).slice(5)}/${String(iso).slice(2, 4)}`);
      expect(String(holder)).toMatch(/^[A-Z-]+ [A-Z-]+$/);
      expect(String(holder).split(' ')[0]).toBe(
        String(first)
          .toUpperCase()
          .normalize('NFD')
          .replaceAll(/[^A-Z-]/g, ''),
      );
      seen.set(issuer, (seen.get(issuer) ?? 0) + 1);
    }
    expect(seen.size).toBe(8);
    expect((seen.get('American Express') ?? 0) / rows.length).toBeCloseTo(0.1, 1);
    expect(
      rows.filter(
        ({ number, other }) => cards.number(String(number)).card?.type === cards.number(String(other)).card?.type,
      ).length,
    ).toBeLessThan(rows.length * 0.6);
  });

  it('for tests are published ones, of the network of the row', async () => {
    const rows = await rowsOf([
      { name: 'number', type: 'credit_card_number', options: { test: true } },
      { name: 'issuer', type: 'card_issuer' },
    ]);
    for (const { number, issuer } of rows) expect(cards.number(String(number)).card?.niceType).toBe(issuer);
    expect(new Set(rows.map(({ number }) => number)).size).toBeGreaterThan(10);
    expect(rows.map(({ number }) => number)).toContain('4111111111111111');
  });
});
