import type { Binary, Decimal128 } from 'mongodb';
import type { Value, ValueObject } from '../value.ts';
import { bsonTypeOf } from './see-value.ts';

/** A value as the driver reads it, in the form that all systems share. */
export function fromBson(value: unknown): Value {
  switch (bsonTypeOf(value)) {
    case 'null':
      return null;
    case 'long':
      return safely(value as bigint);
    case 'objectId':
      return (value as { toHexString(): string }).toHexString();
    case 'decimal':
      return plainDecimal((value as Decimal128).toString());
    case 'date':
      return dateText(value as Date);
    case 'uuid':
      return (value as Binary).toUUID().toHexString();
    case 'binData':
      return bytesOf(value as Binary);
    case 'array':
      return (value as unknown[]).map(fromBson);
    case 'object':
      return objectOf(value as object);
    case 'regex':
    case 'javascript':
    case 'timestamp':
    case 'other':
      return otherOf(value);
    default:
      return typeof value === 'object' ? String(value) : (value as Value);
  }
}

const objectOf = (value: object): ValueObject =>
  // Not by assignment: a field may be called __proto__.
  Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fromBson(inner)]));

const safely = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;

/** `2026-01-31T13:05:00.123Z`, without thousandths when there are none. */
const dateText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'NaN' : date.toISOString().replace('.000Z', 'Z');

/** A copy: the driver's lies in the memory of the whole answer. */
const bytesOf = (binary: Binary): Uint8Array => new Uint8Array(binary.value());

/** What has no like elsewhere, as text. */
function otherOf(value: unknown): Value {
  if (value instanceof RegExp) return String(value);
  const { _bsontype: name } = value as { _bsontype?: string };
  if (name === 'BSONRegExp') {
    const { pattern, options } = value as { pattern: string; options: string };
    return `/${pattern}/${options}`;
  }
  if (name === 'Code') return String((value as { code: string }).code);
  if (name === 'Timestamp') {
    const { t, i } = value as { t: number; i: number };
    return `${t}:${i}`;
  }
  if (name === 'DBRef') {
    const { collection, oid } = value as { collection: string; oid: unknown };
    return { $ref: collection, $id: fromBson(oid) };
  }
  // MinKey and MaxKey.
  return name ?? String(value);
}

/** Without an exponent, which the text of a Decimal128 may have: 1.5E+3 is 1500. */
export function plainDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?E([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length)
    return `${sign}${`${digits}${'0'.repeat(point - digits.length)}`.replace(/^0+(?=\d)/, '')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
