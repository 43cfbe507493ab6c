import { Binary, Decimal128, Double, Long, ObjectId, UUID } from 'mongodb';
import { bytesOfText } from '../bytes-of-text.ts';
import { ConnectionError } from '../connection-error.ts';
import type { Value, ValueObject } from '../value.ts';
import { type Shape, typeOf } from './shape.ts';

/**
 * A value on its way in. Texts become what the other values of their place are: an ObjectId, a date, a decimal; where
 * nothing is known of it they stay texts, unless they say what they are in the way of Extended JSON (`{ "$oid": "…" }`).
 * @param shape what is known of its place
 * @throws ConnectionError value, that shows none
 */
export function toBson(value: Value, shape: Shape | undefined): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return ofText(value, shape);
  if (typeof value === 'number') return ofNumber(value, shape);
  if (typeof value === 'bigint') return ofBigInt(value, shape);
  if (value instanceof Uint8Array) return new Binary(value);
  if (Array.isArray(value)) return value.map((item) => toBson(item, shape?.items));
  return ofObject(value as ValueObject, shape);
}

function ofText(text: string, shape: Shape | undefined): unknown {
  switch (typeOf(shape)) {
    case 'objectId':
      return /^[0-9a-f]{24}$/i.test(text) ? ObjectId.createFromHexString(text) : text;
    case 'date':
      return dateOf(text) ?? text;
    case 'decimal':
      return DECIMAL.test(text) ? decimalOf(text) : text;
    case 'uuid':
      return UUID.isValid(text) && text.length === 36 ? new UUID(text) : text;
    case 'binData':
      return new Binary(bytesOfText(text) ?? noBytes());
    case 'long':
      return /^-?\d{1,19}$/.test(text) ? longOf(BigInt(text)) : text;
    default:
      return text;
  }
}

function noBytes(): never {
  throw new ConnectionError('value', 'bytes are wanted, or a text that has them in base64');
}

function ofNumber(number: number, shape: Shape | undefined): unknown {
  const type = typeOf(shape);
  if (type === 'double') return new Double(number);
  if (type === 'decimal') return decimalOf(String(number));
  return type === 'long' && Number.isSafeInteger(number) ? Long.fromNumber(number) : number;
}

function ofBigInt(number: bigint, shape: Shape | undefined): unknown {
  return typeOf(shape) === 'decimal' ? decimalOf(String(number)) : longOf(number);
}

function ofObject(object: ValueObject, shape: Shape | undefined): unknown {
  const entries = Object.entries(object);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && Object.hasOwn(EXTENDED, first[0])) {
    const made = EXTENDED[first[0]]?.(first[1]);
    if (made !== undefined) return made;
  }
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      if (name.includes('\0')) throw new ConnectionError('value', 'a name in a nested document has the character NUL');
      return [name, toBson(inner, shape?.fields.get(name))];
    }),
  );
}

/** Extended JSON (MongoDB specification, v2), of the types that plain values do not have; undefined: it is none after all. */
const EXTENDED: Readonly<Record<string, (value: Value) => unknown>> = {
  $oid: (value) => (typeof value === 'string' && ObjectId.isValid(value) ? new ObjectId(value) : undefined),
  $date: (value) => (typeof value === 'string' ? dateOf(value) : undefined),
  $numberDecimal: (value) => (typeof value === 'string' && DECIMAL.test(value) ? decimalOf(value) : undefined),
  $numberLong: (value) => (typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? longOf(BigInt(value)) : undefined),
  $numberDouble: (value) => (typeof value === 'string' && value !== '' ? new Double(Number(value)) : undefined),
  $uuid: (value) => (typeof value === 'string' && UUID.isValid(value) ? new UUID(value) : undefined),
};

const DECIMAL = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,5})?$/i;

function decimalOf(text: string): Decimal128 {
  try {
    return Decimal128.fromString(text);
  } catch {
    throw new ConnectionError('value', 'a decimal has more than the 34 digits of Decimal128, or too large an exponent');
  }
}

function longOf(number: bigint): Long {
  if (BigInt.asIntN(64, number) !== number) throw new ConnectionError('value', 'an integer has more than 64 bits');
  return Long.fromBigInt(number);
}

/** A day, or a day and a time with or without a zone; without one it is UTC. */
const DATE = /^[+-]?\d{4,6}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** @returns undefined, when it is none */
function dateOf(text: string): Date | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const date = new Date(text.includes('T') && match[1] === undefined ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
