import fc from 'fast-check';
import { Binary, BSON, Code, Decimal128, Double, Long, MaxKey, ObjectId, Timestamp, UUID } from 'mongodb';
import { describe, expect, it } from 'vitest';
import type { Value } from '../value.ts';
import { fromBson, plainDecimal } from './from-bson.ts';
import { seeValue } from './see-value.ts';
import { newShape, type Shape } from './shape.ts';
import { toBson } from './to-bson.ts';

/** As the driver sends and reads it. */
const through = (value: unknown): Value =>
  fromBson(BSON.deserialize(BSON.serialize({ value }), { useBigInt64: true })['value']);
const likeThese = (...values: unknown[]): Shape => {
  const shape = newShape();
  for (const value of values) seeValue(shape, value);
  return shape;
};

describe('values of MongoDB', () => {
  it.each<[unknown, Value]>([
    [new ObjectId('507f1f77bcf86cd799439011'), '507f1f77bcf86cd799439011'],
    [new Date('2026-01-31T13:05:00.123Z'), '2026-01-31T13:05:00.123Z'],
    [new Date('1969-12-31T23:59:59Z'), '1969-12-31T23:59:59Z'],
    [Decimal128.fromString('12345678901234567890.0123456789'), '12345678901234567890.0123456789'],
    [Decimal128.fromString('1.5E+3'), '1500'],
    [Decimal128.fromString('1E-10'), '0.0000000001'],
    [Decimal128.fromString('-1.50'), '-1.50'],
    [Long.fromBigInt(2n ** 53n + 1n), 2n ** 53n + 1n],
    [Long.fromNumber(7), 7],
    [new Double(5), 5],
    [new Binary(Uint8Array.of(0, 255)), Uint8Array.of(0, 255)],
    [new UUID('01893a5e-7c1b-7def-8123-456789abcdef'), '01893a5e-7c1b-7def-8123-456789abcdef'],
    [/a+b/i, '/a+b/i'],
    [new Code('return 1'), 'return 1'],
    [new Timestamp({ t: 5, i: 7 }), '5:7'],
    [new MaxKey(), 'MaxKey'],
    [
      [1, [2, [null]]],
      [1, [2, [null]]],
    ],
  ])('are read as plain ones: %s', (value, wanted) => {
    expect(through(value)).toEqual(wanted);
  });

  it('may have any names inside', () => {
    const odd = JSON.parse('{"__proto__": {"a": 1}, "": 0, "a.b": 2, "constructor": 3}');
    expect(JSON.stringify(through(odd))).toBe(JSON.stringify(odd));
  });

  it('become what the others of their place are', () => {
    const shape = likeThese({
      id: new ObjectId(),
      at: new Date(),
      price: Decimal128.fromString('1.0'),
      n: Long.fromNumber(1),
      d: new Double(1),
      u: new UUID(),
      list: [{ at: new Date() }],
    });
    const written = toBson(
      {
        id: '507f1f77bcf86cd799439011',
        at: '2026-01-31T13:05:00+01:00',
        price: '12.50',
        n: 5,
        d: 7,
        u: '01893a5e-7c1b-7def-8123-456789abcdef',
        list: [{ at: '2026-01-31' }],
      },
      shape,
    );
    expect(written).toEqual({
      id: new ObjectId('507f1f77bcf86cd799439011'),
      at: new Date('2026-01-31T12:05:00Z'),
      price: Decimal128.fromString('12.50'),
      n: Long.fromNumber(5),
      d: new Double(7),
      u: new UUID('01893a5e-7c1b-7def-8123-456789abcdef'),
      list: [{ at: new Date('2026-01-31') }],
    });
    // What cannot be one of these stays what it is.
    expect(toBson({ id: 'x', at: 'soon', price: 'free', u: 'none' }, shape)).toEqual({
      id: 'x',
      at: 'soon',
      price: 'free',
      u: 'none',
    });
  });

  it('say what they are in Extended JSON', () => {
    const id = '507f1f77bcf86cd799439011';
    expect(toBson({ a: { $oid: id }, b: [{ $date: '2026-01-01' }], c: { $numberDecimal: '1.10' } }, undefined)).toEqual(
      {
        a: new ObjectId(id),
        b: [new Date('2026-01-01')],
        c: Decimal128.fromString('1.10'),
      },
    );
    expect(toBson({ a: { $oid: 'x' }, b: { $oid: id, more: 1 } }, undefined)).toEqual({
      a: { $oid: 'x' },
      b: { $oid: id, more: 1 },
    });
  });

  it('that do not fit are refused without being shown', () => {
    expect(() => toBson(2n ** 63n, undefined)).toThrow('more than 64 bits');
    expect(() => toBson('1'.repeat(40), likeThese(Decimal128.fromString('1')))).toThrow('34 digits');
  });

  it('of any plain kind come back as they were', () => {
    const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc.maxSafeInteger(),
        fc.double({ noNaN: true }),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((name) => !/[\0$]/.test(name)),
          tie('tree'),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(through(toBson(value, undefined))).toEqual(value);
      }),
    );
  });

  it('have no exponents', () => {
    const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: -40, max: 40 }));
    fc.assert(
      fc.property(decimals, ([digits, exponent]) => {
        const decimal = Decimal128.fromString(`${digits}E${exponent}`);
        const plain = plainDecimal(decimal.toString());
        expect(plain).toMatch(/^-?\d+(\.\d+)?$/);
        const [whole = '', fraction = ''] = plain.split('.');
        const scaled = BigInt(`${whole}${fraction}`) * 10n ** BigInt(40 - fraction.length);
        expect(scaled).toBe(digits * 10n ** BigInt(exponent + 40));
      }),
    );
  });
});
