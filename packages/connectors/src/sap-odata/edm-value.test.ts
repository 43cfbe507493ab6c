import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edmLiteral } from './edm-literal.ts';
import { fromEdm, toEdm } from './edm-value.ts';
import type { Property } from './metadata/model.ts';

const property = (type: string, more: Partial<Property> = {}): Property => ({
  name: 'p',
  type,
  isCollection: false,
  nullable: true,
  maxLength: null,
  precision: null,
  scale: null,
  isPadded: false,
  default: null,
  values: null,
  properties: null,
  generated: null,
  isDate: false,
  comment: null,
  ...more,
});

describe.each(['v2', 'v4'] as const)('a value of %s', (version) => {
  const moments = fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((date) => date.toISOString().replace('.000Z', 'Z'));
  const cases = {
    'Edm.String': fc.string({ unit: 'grapheme' }),
    'Edm.Int64': fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : n)),
    'Edm.Int32': fc.integer(),
    'Edm.Decimal': fc
      .tuple(fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }), fc.nat(999))
      .map(([a, b]) => `${a}.${b}`),
    'Edm.Double': fc.double({ noNaN: true }).filter((n) => !Object.is(n, -0)),
    'Edm.Boolean': fc.boolean(),
    'Edm.Guid': fc.uuid(),
    'Edm.Binary': fc.uint8Array({ maxLength: 20 }),
    'Edm.DateTimeOffset': moments,
    ...(version === 'v2'
      ? {
          'Edm.DateTime': moments.map((moment) => moment.slice(0, -1)),
          'Edm.Time': fc.constantFrom('00:00:00', '23:59:59', '07:08:09.123'),
        }
      : {
          'Edm.Date': moments.map((moment) => moment.slice(0, 10)),
          'Edm.TimeOfDay': fc.constantFrom('00:00:00', '23:59:59.999'),
        }),
  };

  it.each(Object.entries(cases))('of type %s comes back as it went', (type, values) => {
    fc.assert(
      fc.property(values as fc.Arbitrary<string>, (value) => {
        expect(fromEdm(toEdm(value, property(type), version), property(type), version)).toEqual(value);
        expect(typeof edmLiteral(value, property(type), version)).toBe('string');
      }),
    );
  });

  it.each([
    ['Edm.Int32', 'x'],
    ['Edm.Int32', 1.5],
    ['Edm.Int64', '1.0'],
    ['Edm.Decimal', 'NaN'],
    ['Edm.Decimal', '1,5'],
    ['Edm.Boolean', 'true'],
    ['Edm.Guid', 'secret'],
    ['Edm.DateTimeOffset', 'secret'],
    ['Edm.Binary', 'secret'],
    ['Edm.String', { a: 1 }],
    ['Edm.Double', 'secret'],
  ])('of type %s is not %j, and that is said without it', (type, value) => {
    expect(() => toEdm(value, property(type), version)).toThrow(`a value of p is no ${type}`);
  });

  it('is a list or has parts', () => {
    const inner = property('Edm.Decimal', { name: 'amount' });
    const place = property('ns.Place', { properties: new Map([['amount', inner]]) });
    expect(toEdm({ amount: 5 }, place, version)).toEqual({ amount: '5' });
    expect(() => toEdm({ other: 5 }, place, version)).toThrow('other');
    const list = property('Edm.String', { isCollection: true });
    expect(fromEdm(toEdm(['a', 'b'], list, version), list, version)).toEqual(['a', 'b']);
    expect(() => toEdm('a', list, version)).toThrow();
  });

  it('has no exponent where decimals are wanted', () => {
    expect(
      [1e21, -1.5e-7, '12E2', 1.5e3, '1.25e1'].map((value) => toEdm(value, property('Edm.Decimal'), version)),
    ).toEqual(['1000000000000000000000', '-0.00000015', '1200', '1500', '12.5']);
  });
});

it('is written into URLs as each version wants it', () => {
  const literals = (version: 'v2' | 'v4') =>
    Object.entries({
      'Edm.String': "O'Neil",
      'Edm.Int64': 5,
      'Edm.Decimal': '1.5',
      'Edm.Guid': '01234567-89ab-cdef-0123-456789abcdef',
      'Edm.Boolean': true,
      'Edm.Binary': Uint8Array.of(0, 255),
      'Edm.DateTimeOffset': '2026-01-31T01:00:00+01:00',
      ...(version === 'v2' ? { 'Edm.DateTime': '2026-01-31', 'Edm.Time': '13:05:00' } : { 'Edm.Date': '2026-01-31' }),
    }).map(([type, value]) => edmLiteral(value, property(type), version));
  expect(literals('v2')).toEqual([
    "'O''Neil'",
    '5L',
    '1.5M',
    "guid'01234567-89ab-cdef-0123-456789abcdef'",
    'true',
    "X'00FF'",
    "datetimeoffset'2026-01-31T00:00:00Z'",
    "datetime'2026-01-31T00:00:00'",
    "time'PT13H05M00S'",
  ]);
  expect(literals('v4')).toEqual([
    "'O''Neil'",
    '5',
    '1.5',
    '01234567-89ab-cdef-0123-456789abcdef',
    'true',
    "binary'AP8'",
    '2026-01-31T01:00:00+01:00',
    '2026-01-31',
  ]);
  expect(edmLiteral(null, property('Edm.String'), 'v4')).toBe('null');
  expect(edmLiteral('open', property('ns.State', { values: ['open'] }), 'v4')).toBe("ns.State'open'");
});

it('is read of the ways in which services write moments', () => {
  const zoned = property('Edm.DateTimeOffset');
  expect(fromEdm('/Date(1769864700000+0060)/', zoned, 'v2')).toBe('2026-01-31T13:05:00Z');
  expect(fromEdm('2026-01-31T14:05:00.1234567+01:00', zoned, 'v4')).toBe('2026-01-31T13:05:00.1234567Z');
  expect(fromEdm('2026-01-31T13:05Z', zoned, 'v4')).toBe('2026-01-31T13:05:00Z');
  expect(fromEdm('/Date(1769817600000)/', property('Edm.DateTime', { isDate: true }), 'v2')).toBe('2026-01-31');
  expect(fromEdm('PT5H', property('Edm.Time'), 'v2')).toBe('05:00:00');
});
