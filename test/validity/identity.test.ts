import { describe, expect, it } from 'vitest';
import { companyTaxIds } from '../../packages/engine/src/types/identity/company-tax-ids.ts';
import { licences, usLicences } from '../../packages/engine/src/types/identity/drivers-license.ts';
import type { IdNumber } from '../../packages/engine/src/types/identity/id-number.ts';
import { nationalIds } from '../../packages/engine/src/types/identity/national-ids.ts';
import { passportNumbers } from '../../packages/engine/src/types/identity/passport-number.ts';
import { taxpayers } from '../../packages/engine/src/types/identity/taxpayers.ts';
import { vatIds } from '../../packages/engine/src/types/identity/vat-ids.ts';
import { valuesOf } from '../../packages/engine/src/types/testing/compiled.ts';
import { type Check, COMPANY, LICENCE, NATIONAL, OTHERS, passportCheck, TAXPAYER, VAT } from './identity-checks.ts';
import { isMrzField, isSyntheticNorwegian } from './own-checks.ts';
import { type Question, refusedByStdnum } from './stdnum.ts';

/** Values of each type and country: 10,000 with FULL=1. */
const COUNT = process.env['FULL'] === '1' ? 10_000 : 500;
const SEED = `validity ${COUNT}`;

/** A type with options, and who says whether its values are right. */
interface Case {
  readonly name: string;
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly check: Check;
  /** A value from the documents, which has to be right as well. */
  readonly example?: string;
}

const byCountry = (
  type: string,
  rules: readonly IdNumber[],
  checks: Readonly<Record<string, Check>>,
  options: Readonly<Record<string, unknown>> = {},
): Case[] =>
  rules.flatMap(({ country, example }) => {
    const check = checks[country];
    return check === undefined
      ? []
      : [{ name: `${type} ${country}`, type, options: { ...options, country }, check, example }];
  });

const passports = Object.fromEntries(passportNumbers.map(({ country }) => [country, passportCheck(country)]));
const cases: readonly Case[] = [
  ...byCountry('national_id', nationalIds, NATIONAL),
  ...byCountry('tax_id', taxpayers, TAXPAYER),
  ...byCountry('tax_id', companyTaxIds, COMPANY, { holder: 'company' }),
  ...byCountry('vat_id', vatIds, VAT),
  ...byCountry('passport_number', passportNumbers, passports),
  ...byCountry('drivers_license', licences, LICENCE),
  ...Object.entries(OTHERS).map(([type, check]) => ({ name: type, type, options: {}, check })),
];

const textsOf = async (type: string, options: Readonly<Record<string, unknown>>, count = COUNT): Promise<string[]> =>
  (await valuesOf(type, options, count, SEED)) as string[];

describe('who checks', () => {
  it.each([
    ['national_id', nationalIds, NATIONAL],
    ['tax_id', taxpayers, TAXPAYER],
    ['tax_id of firms', companyTaxIds, COMPANY],
    ['vat_id', vatIds, VAT],
  ] as const)('is named for every country of %s', (_, rules, checks) => {
    expect(rules.map(({ country }) => country).toSorted()).toEqual(Object.keys(checks).toSorted());
  });

  it('refuses values with one digit changed', async () => {
    const values = (await textsOf('aadhaar', {}, 100)).map(
      (value) => value.slice(0, -1) + String((Number(value.at(-1)) + 1) % 10),
    );
    const [refused] = await refusedByStdnum([{ module: 'in_.aadhaar', values }]);
    expect(refused).toHaveLength(100);
  });
});

describe('identifiers', () => {
  it('are valid for python-stdnum, as they are written and without separators', async () => {
    const questions: (Question & { readonly name: string })[] = [];
    for (const { name, type, options, check, example } of cases) {
      if (check.stdnum === undefined) continue;
      const written = await textsOf(type, options);
      const bare = await textsOf(type, { ...options, separators: false }, 50);
      const values = [...written, ...bare, ...(example === undefined ? [] : [example])];
      questions.push({ name, module: check.stdnum, values, ...(check.options && { options: check.options }) });
    }
    const answers = await refusedByStdnum(questions);
    const refused = answers.flatMap((list, i) => list.map((pair) => [questions[i]?.name, ...pair]));
    expect(refused).toEqual([]);
    expect(answers.length).toBe(questions.length);
  });

  it.each(cases.flatMap((one) => (one.check.also ? [[one.name, one.check.by, one] as const] : [])))(
    '%s are valid for %s',
    async (_, __, { type, options, check, example }) => {
      const values = [...(await textsOf(type, options)), ...(example === undefined ? [] : [example])];
      expect(values.filter((value) => check.also?.(value) !== true)).toEqual([]);
    },
  );

  it('are never repeated when unique', async () => {
    for (const { name, type, options } of cases) {
      const values = await textsOf(type, { ...options, unique: true });
      expect(new Set(values).size, name).toBe(values.length);
    }
  });
});

describe('passport numbers', () => {
  it('carry the check digit of the machine-readable zone when asked', async () => {
    for (const { country } of passportNumbers) {
      const values = await textsOf('passport_number', { country, mrz: true }, 100);
      expect(
        values.filter((value) => !isMrzField(value)),
        country,
      ).toEqual([]);
    }
    // The specimen of ICAO Doc 9303, part 4.
    expect(isMrzField('L898902C36')).toBe(true);
  });
});

describe('licence numbers', () => {
  it('have the form of each state of the United States', async () => {
    expect(usLicences.size).toBe(51);
    for (const [state, { example }] of usLicences) {
      const values = await textsOf('drivers_license', { state }, 100);
      const shape = (value: string): number => value.length;
      expect(new Set(values.map(shape)), state).toEqual(new Set([shape(example)]));
    }
  });
});

describe('reserved numbers', () => {
  const reserved = (country: string): Promise<string[]> => textsOf('national_id', { country, reserved: true });

  it('lie in their range, with the check digits that numbers have there', async () => {
    const [fi, se, nl] = await Promise.all([reserved('FI'), reserved('SE'), reserved('NL')]);
    const answers = await refusedByStdnum([
      { module: 'fi.hetu', values: fi, options: { allow_temporary: true } },
      { module: 'se.personnummer', values: se },
      { module: 'nl.bsn', values: nl },
    ]);
    expect(answers).toEqual([[], [], []]);
    expect(fi.filter((value) => !/^\d{6}[-A]9\d{2}.$/.test(value))).toEqual([]);
    expect(se.filter((value) => !/^\d{8}-9[89]\d{2}$/.test(value))).toEqual([]);
    expect(nl.filter((value) => !/^(0000|99999)\d+$/.test(value))).toEqual([]);
    // From Skatteetaten's synthetic persons, as navikt/fnrvalidator#116 quotes them.
    expect(['17912099997', '12905299938'].filter((value) => !isSyntheticNorwegian(value))).toEqual([]);
    expect((await reserved('NO')).filter((value) => !isSyntheticNorwegian(value))).toEqual([]);
    expect((await reserved('GB')).filter((value) => !/^QQ \d\d \d\d \d\d [A-D]$/.test(value))).toEqual([]);
  });

  it('of the United States and Canada are ones that nobody can have', async () => {
    const [us, ca] = await Promise.all([reserved('US'), reserved('CA')]);
    const [asSsn, asItin, asSin] = await refusedByStdnum([
      { module: 'us.ssn', values: us },
      { module: 'us.itin', values: us },
      { module: 'ca.sin', values: ca },
    ]);
    expect([asSsn?.length, asItin?.length, asSin?.length]).toEqual([us.length, us.length, ca.length]);
  });
});
