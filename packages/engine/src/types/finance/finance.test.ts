import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../template/parse-template.ts';
import { valuesOf } from '../testing/compiled.ts';

const diagnosticsOf = (type: string, options: object): unknown => {
  const parsed = parseTemplate({ name: 'test', fields: [{ name: 'v', type, options }] });
  return parsed.ok ? [] : parsed.diagnostics.map(({ pointer, message, hint }) => ({ pointer, message, hint }));
};

describe('options of finance', () => {
  it.each([
    [
      'bic',
      { country: 'de' },
      { pointer: '/fields/0/options/country', message: '`de` is not the code of a country', hint: 'write DE' },
    ],
    [
      'currency_code',
      { country: 'ZZ' },
      {
        pointer: '/fields/0/options/country',
        message: '`ZZ` is not the code of a country',
        hint: 'use an ISO 3166-1 alpha-2 code, such as DE',
      },
    ],
    [
      'exchange_rate',
      { min: 3, max: 2 },
      { pointer: '/fields/0/options/min', message: '`min` (3) is above `max` (2)', hint: 'swap them, or raise `max`' },
    ],
    [
      'exchange_rate',
      { min: 1.01, max: 1.02, decimals: 1 },
      {
        pointer: '/fields/0/options/max',
        message: 'no number with 1 decimals lies between 1.01 and 1.02',
        hint: 'widen the range, or use more `decimals`',
      },
    ],
    [
      'credit_card_number',
      { issuer: 'mir', test: true },
      {
        pointer: '/fields/0/options/test',
        message: 'no test numbers of Mir are published',
        hint: 'leave out `test`, or use one of visa, mastercard, amex, discover, diners, jcb, unionpay, maestro',
      },
    ],
  ])('%s with %j is refused with a remedy', (type, options, diagnostic) => {
    expect(diagnosticsOf(type, options)).toEqual([diagnostic]);
  });

  it.each([
    ['IBAN', { countryCode: 'ES', formatted: true }, /^ES\d\d( \d{4}){5}$/],
    ['iban', { country_prefix: 'AE' }, /^AE\d{21}$/],
    ['iban', { locale: 'fr_FR' }, /^FR76\d{23}$/],
    ['swiftCode', { countryCode: 'AE' }, /^[A-Z]{4}AE[A-Z2-9]0$/],
    ['Account Number', { length: 6 }, /^\d{6}$/],
    ['Account Name', {}, /account$/],
    ['Currency Name', { locale: 'pl_PL' }, /^Polish Zloty$/],
    ['Credit Card Number', { issuer: 'amex', formatted: true }, /^3[47]\d\d \d{6} \d{5}$/],
    ['transactionAmount', {}, /^\d+(\.\d+)?$/],
    ['paymentStatus', {}, /^(AUTHORIZED|CAPTURED|SETTLED|FAILED|REFUNDED)$/],
    ['ledgerCode', {}, /^\d{4}-\d{3}$/],
    ['bankName', { locale: 'it_IT' }, /^(Banca|Cassa|Credito) /],
    ['card_expiry', { format: 'YYYY-MM', years: 1 }, /^2026-(0[2-9]|1[012])$|^2027-01$/],
    ['masked_card_number', { issuer: 'amex' }, /^\*{11}\d{4}$/],
  ])('%s with %j gives %s', async (type, options, form) => {
    for (const value of await valuesOf(type, options, 200)) expect(String(value)).toMatch(form);
  });
});

it('keeps Visa numbers and German IBANs as they were made before other networks and countries came', async () => {
  expect(await valuesOf('credit_card_number', { issuer: 'visa' }, 3, 'golden-visa')).toEqual(VISA);
  expect(await valuesOf('iban', { country: 'DE' }, 3, 'golden-iban')).toEqual(GERMAN);
});

const VISA = ['4977550606603525', '4671415866136203', '4545347811607992'];
const GERMAN = ['DE35271185542494555288', 'DE87162605637856869409', 'DE71169701761349309030'];
