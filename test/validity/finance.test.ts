import { compileTemplate, generateRows, parseTemplate } from '@datamaker/engine';
import cards from 'card-validator';
import { countrySpecs, isValidBIC, isValidIBAN } from 'ibantools';
import wallets from 'multicoin-address-validator';
import validator from 'validator';
import { locales } from 'validator/lib/isIBAN.js';
import { describe, expect, it, vi } from 'vitest';
import { ibanCountries } from '../../packages/engine/src/types/finance/iban/structure.ts';
import { refusedByStdnum } from './stdnum.ts';

/** Values of each type and option: few in every run, many with FULL=1. */
const COUNT = process.env['FULL'] === '1' ? 10_000 : 500;
if (COUNT > 500) vi.setConfig({ testTimeout: 900_000 });

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

/** The first of some values that a module of python-stdnum finds wrong, with its reason. */
const wrongForStdnum = async (module: string, values: readonly string[]): Promise<unknown[]> =>
  (await refusedByStdnum([{ module, values }])).flat().slice(0, 5);

/** Fails with the values that a check refuses. */
function expectAll(values: readonly string[], isValid: (value: string) => boolean): void {
  expect(values.filter((value) => !isValid(value))).toEqual([]);
}

const knownToValidator = new Set<string>(locales);

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
    expect(await wrongForStdnum('iban', values.flat())).toEqual([]);
  });

  const accountsOf = async (country: string): Promise<string[]> =>
    (await valuesOf('iban', { country })).map((value) => value.slice(4));

  it('of Finland and Iceland have the check digits of their country', async () => {
    expect(await wrongForStdnum('luhn', await accountsOf('FI'))).toEqual([]);
    const owners = (await accountsOf('IS')).map((account) => account.slice(12));
    expect(await wrongForStdnum('is_.kennitala', owners)).toEqual([]);
  });

  it.each(NATIONAL)(
    'of %s have the check digits of their country, as the published %s has',
    async (country, example, isValid) => {
      expect(isValid(example.slice(4)), example).toBe(true);
      expectAll(await accountsOf(country), isValid);
    },
  );

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
        // A few banks of Brazil give out Elo cards with numbers of Visa.
        const elo = type === 'visa' && number.startsWith('4') && judged.card?.type === 'elo';
        return judged.isValid && (elo || judged.card?.type === type);
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

describe('banks', () => {
  it.each([
    [{ country: 'DE' }],
    [{ country: 'US', length: '11' }],
    [{ country: 'JP', test: false }],
    [{ length: '11', test: false }],
    [{ locale: 'fr_FR' }],
    [{ unique: true }],
  ])('BICs with %j are valid', async (options) => {
    const values = await valuesOf('bic', options);
    expectAll(values, (value) => validator.isBIC(value) && isValidBIC(value));
    expectAll(values, (value) => !('test' in options) === (value[7] === '0') && value[7] !== '1');
    expect(await wrongForStdnum('bic', values)).toEqual([]);
    expect(new Set(values.map(({ length }) => length)).size).toBe(1);
  });

  it.each([
    ['routing_number', {}, 'us.rtn'],
    ['account_number', { country: 'AR' }, 'ar.cbu'],
  ])('%s %j is valid for %s of python-stdnum', async (type, options, module) => {
    expect(await wrongForStdnum(module, await valuesOf(type, options))).toEqual([]);
    expect(await wrongForStdnum(module, await valuesOf(type, { ...options, unique: true }))).toEqual([]);
  });

  it('account numbers of Mexico are CLABEs', async () => {
    const isClabe = (value: string): boolean =>
      /^\d{18}$/.test(value) &&
      [...value].reduce((sum, c, i) => sum + Number(c) * (i === 17 ? 1 : ([3, 7, 1][i % 3] ?? 0)), 0) % 10 === 0;
    // An example that the Asociación de Bancos de México publishes.
    expect(isClabe('002010077777777771')).toBe(true);
    expectAll(await valuesOf('account_number', { country: 'MX' }), isClabe);
  });

  it('codes of branches have their form', async () => {
    expectAll(await valuesOf('sort_code'), (value) => /^\d\d-\d\d-\d\d$/.test(value));
    expectAll(await valuesOf('bsb'), (value) => /^\d{3}-\d{3}$/.test(value));
    expectAll(await valuesOf('ifsc'), (value) => /^[A-Z]{4}0\d{6}$/.test(value));
    expectAll(await valuesOf('account_number', { length: 17 }), (value) => /^[1-9]\d{16}$/.test(value));
  });
});

describe('currencies', () => {
  /** Newer than the lists of the libraries: the Caribbean guilder (2025) and the Zimbabwean gold (2024). */
  const newer = ['XCG', 'ZWG'];

  it('are codes of ISO 4217, and the place of the row pays with them', async () => {
    const any = await valuesOf('currency_code', { any: true, unique: true });
    expectAll(any, (code) => validator.isISO4217(code) || newer.includes(code));
    expect(any.length).toBeGreaterThan(140);
    const rows = await rowsOf([
      { name: 'country', type: 'country_code' },
      { name: 'code', type: 'currency_code' },
      { name: 'name', type: 'currency_name' },
    ]);
    const expected: Record<string, string> = {
      US: 'USD',
      DE: 'EUR',
      GB: 'GBP',
      JP: 'JPY',
      CH: 'CHF',
      BG: 'EUR',
      HR: 'EUR',
      PL: 'PLN',
    };
    for (const { country, code } of rows) {
      const known = expected[String(country)];
      if (known !== undefined) expect(code, String(country)).toBe(known);
    }
    const names = new Map(rows.map(({ code, name }) => [code, name]));
    expect(new Set(names.values()).size).toBe(names.size);
    for (const { code, name } of rows) expect(names.get(code)).toBe(name);
  });

  it('of any kind agree in a row', async () => {
    const rows = await rowsOf(
      ['currency_code', 'currency_name', 'currency_symbol'].map((type) => ({
        name: type,
        type,
        options: { any: true },
      })),
    );
    for (const row of rows) {
      if (row['currency_code'] === 'PLN')
        expect(row).toMatchObject({ currency_name: 'Polish Zloty', currency_symbol: 'zł' });
    }
    expect(rows.some((row) => row['currency_code'] === 'PLN')).toBe(true);
  });
});

describe('securities and references', () => {
  it.each([
    ['isin', {}, 'isin'],
    ...['US', 'GB', 'DE', 'CH', 'AU', 'FR', 'JP', 'IE', 'CA', 'BR'].map(
      (country) => ['isin', { country }, 'isin'] as const,
    ),
    ['cusip', {}, 'cusip'],
    ['sedol', {}, 'gb.sedol'],
    ['figi', {}, 'figi'],
    ['wkn', {}, 'de.wkn'],
    ['lei', {}, 'lei'],
    ['rf_reference', {}, 'iso11649'],
    ['rf_reference', { length: 21 }, 'iso11649'],
    ['rf_reference', { formatted: true }, 'iso11649'],
    ['qr_reference', {}, 'ch.esr'],
    ['qr_reference', { formatted: true }, 'ch.esr'],
    ['ogm_reference', {}, 'be.ogm_vcs'],
    ['ogm_reference', { formatted: false }, 'be.ogm_vcs'],
  ] as const)('%s %j is valid for %s of python-stdnum', async (type, options, module) => {
    const values = await valuesOf(type, options);
    expect(await wrongForStdnum(module, values)).toEqual([]);
    const unique = await valuesOf(type, { ...options, unique: true });
    expect(await wrongForStdnum(module, unique)).toEqual([]);
    expect(new Set(unique).size).toBe(unique.length);
  });

  it('ISINs hold a valid national number, and pass validator', async () => {
    const [american, british] = [await valuesOf('isin', { country: 'US' }), await valuesOf('isin', { country: 'GB' })];
    expectAll([...american, ...british, ...(await valuesOf('isin', { country: 'AU' }))], (value) =>
      validator.isISIN(value),
    );
    expect(
      await wrongForStdnum(
        'cusip',
        american.map((value) => value.slice(2, 11)),
      ),
    ).toEqual([]);
    expect(
      await wrongForStdnum(
        'gb.sedol',
        british.map((value) => value.slice(4, 11)),
      ),
    ).toEqual([]);
  });

  it.each(['AT', 'DE', 'FI', 'FR', 'IE', 'NL', 'PT'])(
    'creditor identifiers of %s have their check digits',
    async (country) => {
      const moved = (value: string): string => value.slice(7) + value.slice(0, 4);
      // The identifier that the Deutsche Bundesbank gives as an example.
      const values = ['DE98ZZZ09999999999', ...(await valuesOf('creditor_id', { country }))];
      expect(await wrongForStdnum('iso7064.mod_97_10', values.map(moved))).toEqual([]);
      expectAll(values, (value) => value.slice(4, 7) === 'ZZZ');
    },
  );
});

describe('crypto addresses', () => {
  it.each([
    ['bitcoin_address', { kind: 'p2pkh' }, 'btc', /^1/],
    ['bitcoin_address', { kind: 'p2sh' }, 'btc', /^3/],
    ['bitcoin_address', {}, 'btc', /^bc1q/],
    ['bitcoin_address', { kind: 'taproot' }, 'btc', /^bc1p/],
    ['bitcoin_address', { kind: 'testnet' }, 'btc', /^tb1q/],
    ['bitcoin_address', { kind: 'any', unique: true }, 'btc', /^(1|3|bc1|tb1)/],
    ['ethereum_address', {}, 'eth', /^0x[0-9a-fA-F]{40}$/],
    ['litecoin_address', {}, 'ltc', /^L/],
    ['litecoin_address', { kind: 'p2sh' }, 'ltc', /^M/],
    ['litecoin_address', { kind: 'bech32' }, 'ltc', /^ltc1q/],
    ['dogecoin_address', {}, 'doge', /^D/],
    ['tron_address', {}, 'trx', /^T/],
    ['ripple_address', {}, 'xrp', /^r/],
    ['solana_address', {}, 'sol', /^[1-9A-HJ-NP-Za-km-z]{32,44}$/],
  ] as const)('%s %j passes the checks of %s', async (type, options, chain, form) => {
    const values = await valuesOf(type, options);
    expectAll(
      values,
      (value) => form.test(value) && wallets.validate(value, chain, value.startsWith('tb') ? 'testnet' : 'prod'),
    );
    expect(new Set(values).size).toBe(values.length);
    if (chain === 'eth') expectAll(values, (value) => validator.isEthereumAddress(value));
    const main = values.filter((value) => !value.startsWith('tb'));
    if (chain === 'btc') {
      expectAll(main, (value) => validator.isBtcAddress(value));
      expect(
        await wrongForStdnum(
          'bitcoin',
          main.filter((value) => !value.startsWith('bc1p')),
        ),
      ).toEqual([]);
    }
  });
});
