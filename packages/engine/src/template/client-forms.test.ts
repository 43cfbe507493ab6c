import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { findType } from '../types/registry.ts';
import { parseTemplate } from './parse-template.ts';

async function rowOf(fields: readonly object[]): Promise<Record<string, unknown> | undefined> {
  const parsed = parseTemplate({ fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 's', now: Date.UTC(2026, 0, 1) });
  return plan.ok ? generateRows(plan.value, 0, 1)[0] : undefined;
}

/** Type names and options of the published clients of DataMaker and DataGen. */
const DATAMAKER: readonly (readonly [type: string, options?: object])[] = [
  ['Words', { count: 3 }],
  ['UUID', { primaryKey: true }],
  ['Number', { min: 1, max: 9, stringify: true }],
  ['Float', { min: 1, max: 2, precision: 3 }],
  ['Boolean', { truthy: true, falsy: false }],
  ['Custom', { values: ['a'] }],
  ['Date', { format: 'DD.MM.YYYY' }],
  ['Name', { sex: 'female' }],
  ['First Name', { sex: 'male' }],
  ['Last Name'],
  ['E-Mail'],
  ['Address', { useFullAddress: true }],
  ['City'],
  ['Country'],
  ['Phone Number', { format: '+49 ### ######' }],
  ['Zip Code', { format: '#####' }],
  ['Sex'],
  ['Gender'],
  ['Avatar'],
  ['Job Title'],
  ['Random String', { min: 3, max: 8 }],
  ['Account Name'],
  ['IBAN', { countryCode: 'DE', formatted: true }],
  ['Credit Card Number', { issuer: 'visa' }],
  ['Account Number', { length: 12 }],
  ['Currency Name'],
  ['Time Zone'],
  ['Template', { fields: [{ name: 'x', type: 'UUID' }], array: true, quantity: 2 }],
  ['Password'],
  ['Domain Name'],
  ['Color'],
  ['Emoji'],
  ['IPv4'],
  ['MAC Address'],
  ['URL'],
  ['Product'],
  ['Department'],
  ['Product Name'],
  ['Datetime', { past: true }],
  ['Month', { abbr: true }],
  ['Weekday', { abbr: true }],
  ['Null', { value: 'x' }],
  ['Lorem', { lineCount: 2 }],
  ['MongoDB ObjectID'],
  ['RegExp', { string: '[A-Z]{3}' }],
  ['Mapped', { field: 'other', map: { a: 'b' } }],
  ['Derived', { value: '{{other}}!' }],
];

const DATAGEN =
  'firstName lastName middleName fullName email phone address birthdate gender age bloodType country city state zipCode region ' +
  'company jobTitle department industry occupation employeeId website url username uuid ipAddress macAddress userAgent ' +
  'color language brandName productName sku flavorName orderNumber shipmentStatus shipmentTrackingId creditCard currency iban ' +
  'invoiceNumber costCenter weightKg heightCm reviewScore integer decimal percentage date dateTime text notes tags ' +
  'nationality passportNumber driversLicense ssnLastFour latitude longitude timezone amount accountNumber bankName swiftCode ' +
  'taxId ledgerCode transactionId transactionAmount paymentStatus';

describe('names of published clients', () => {
  it.each(DATAMAKER)('%s is a type with its options', async (type, options = {}) => {
    const row = await rowOf([
      { name: 'other', type: 'enum', options: { values: ['a'] } },
      { name: 'v', type, options, active: true, nested: [], optional: false },
    ]);
    expect(row).toHaveProperty('v');
  });

  it.each(DATAGEN.split(' '))('%s is a type', async (type) => {
    expect(findType(type)?.key).toBeDefined();
    expect(await rowOf([{ name: 'v', type }])).toHaveProperty('v');
  });

  it('AI, API Response and DB Response are types that need a worker', () => {
    for (const type of ['AI', 'API Response', 'DB Response']) expect(findType(type)?.external).toBeDefined();
  });
});

describe('fields as published clients write them', () => {
  it('are left out when they are not active', async () => {
    const off = { name: 'b', type: 'no such type', active: false };
    expect(Object.keys((await rowOf([{ name: 'a', type: 'UUID', active: true }, off])) ?? {})).toEqual(['a']);
  });

  it('hold inner fields in `nested`', async () => {
    const nested = [{ name: 'x', type: 'Boolean', options: { truthy: true } }];
    expect(await rowOf([{ name: 'a', type: 'Nested', options: { array: true, quantity: 2 }, nested }])).toEqual({
      a: [{ x: true }, { x: true }],
    });
  });
});

describe('dates in a format of their own', () => {
  it.each([
    ['DD.MM.YYYY', '29.02.2024'],
    ['MMM D, YYYY', 'Feb 29, 2024'],
    ['dddd D MMMM YY', 'Thursday 29 February 24'],
    ['YYYYMMDD', '20240229'],
    ['[week of] M/D', 'week of 2/29'],
  ])('%s', async (format, expected) => {
    const options = { min: '2024-02-29', max: '2024-02-29', format };
    expect(await rowOf([{ name: 'v', type: 'date', options }])).toEqual({ v: expected });
  });

  it('have a time as well', async () => {
    const options = {
      min: '1969-12-31T23:59:58.007Z',
      max: '1969-12-31T23:59:58.007Z',
      format: 'YYYY-MM-DDTHH:mm:ss.SSS H',
    };
    expect(await rowOf([{ name: 'v', type: 'datetime', options }])).toEqual({ v: '1969-12-31T23:59:58.007 23' });
  });

  it('are refused with letters that mean nothing, or over ages', () => {
    const of = (options: object) => parseTemplate({ fields: [{ name: 'v', type: 'date', options }] });
    expect(of({ format: 'QQ' })).toMatchObject({ ok: false, diagnostics: [{ pointer: '/fields/0/options/format' }] });
    expect(of({ format: 'YYYY', min: '0001-01-01' })).toMatchObject({ ok: false });
  });
});
