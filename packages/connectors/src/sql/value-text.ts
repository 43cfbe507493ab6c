import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import type { Value } from '../value.ts';
import { jsonText } from './json-text.ts';

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE = /^(\d{4}-\d{2}-\d{2})(?:T00:00(?::00(?:\.0+)?)?Z?)?$/;
const TIME = /^\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A value as text in the one form that its kind of column has, so that nothing is left to what a server or its driver makes of
 * other forms. Bytes are hexadecimal, booleans `1` and `0`, datetimes have a `T` and always seconds, zoned ones `Z` or an offset.
 * @throws ConnectionError value, naming the column and showing nothing of the value
 */
export function valueText(value: Value, column: Column): string {
  switch (column.kind) {
    case 'integer':
      return integer(value, column);
    case 'decimal':
      return number(value, column);
    case 'float': {
      const text = number(value, column);
      if (!Number.isFinite(Number(text))) throw unfit(column, 'the number is too large');
      return text;
    }
    case 'boolean':
      return boolean(value, column);
    case 'binary':
      if (!(value instanceof Uint8Array)) throw unfit(column, 'bytes are wanted');
      return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
    case 'date':
      return matched(value, column, DATE, 'a date such as 2026-01-31 is wanted')[1] as string;
    case 'time':
      return withSeconds(matched(value, column, TIME, 'a time such as 13:05:00 is wanted')[0] as string);
    case 'datetime':
    case 'datetime_zoned':
      return datetime(value, column);
    case 'uuid':
      return matched(value, column, UUID, 'a UUID is wanted')[0]?.toLowerCase() as string;
    case 'json':
      return checked(jsonText(value), column);
    default:
      return plain(value, column);
  }
}

/** The error of a value that its column does not take. It shows nothing of the value. */
export const unfit = (column: Column, why: string): ConnectionError =>
  new ConnectionError('value', `a value does not fit the column ${column.name} (${column.type}): ${why}`);

function integer(value: Value, column: Column): string {
  const text = number(value, column);
  const whole = INTEGER.test(text) ? text : wholeOf(Number(text), column);
  const bits = column.precision;
  const isUnsigned = bits === 8;
  const most = 2n ** BigInt(bits === null || bits > 64 ? 128 : isUnsigned ? bits : bits - 1);
  const said = BigInt(whole);
  if (said >= most || said < (isUnsigned ? 0n : -most)) throw unfit(column, 'the number is out of its range');
  return String(said);
}

function wholeOf(value: number, column: Column): string {
  if (!Number.isSafeInteger(value)) throw unfit(column, 'a whole number is wanted');
  return String(value);
}

function number(value: Value, column: Column): string {
  const text = typeof value === 'boolean' ? String(Number(value)) : plain(value, column).trim();
  if (!NUMBER.test(text)) throw unfit(column, 'a number is wanted');
  return text;
}

function boolean(value: Value, column: Column): string {
  const text = plain(value, column).toLowerCase();
  if (['true', '1', 't'].includes(text)) return '1';
  if (['false', '0', 'f'].includes(text)) return '0';
  throw unfit(column, 'true or false is wanted');
}

function datetime(value: Value, column: Column): string {
  const why = 'a datetime such as 2026-01-31T13:05:00 is wanted';
  const [, date, time = '00:00:00', zone] = matched(value, column, DATETIME, why);
  const text = `${date}T${withSeconds(time)}`;
  if (column.kind === 'datetime_zoned') return `${text}${zone ?? 'Z'}`;
  // Only what is meant in UTC has the same digits without a zone.
  if (zone !== undefined && !/^(?:Z|[+-]00:00)$/.test(zone)) throw unfit(column, 'it knows no zones');
  return text;
}

const withSeconds = (time: string): string => (time.length === 5 ? `${time}:00` : time);

function matched(value: Value, column: Column, form: RegExp, why: string): RegExpExecArray {
  const found = typeof value === 'string' ? form.exec(value) : null;
  if (found === null) throw unfit(column, why);
  return found;
}

function plain(value: Value, column: Column): string {
  switch (typeof value) {
    case 'string':
      return checked(value, column);
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      throw unfit(column, value instanceof Uint8Array ? 'bytes do not go into it' : 'one value is wanted');
  }
}

function checked(text: string, column: Column): string {
  if (text.includes('\0')) throw unfit(column, 'a text has no character NUL (U+0000)');
  if (!text.isWellFormed()) throw unfit(column, 'the text has half of a surrogate pair');
  return text;
}
