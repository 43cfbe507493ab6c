import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import { jsonText } from '../sql/json-text.ts';
import type { Value } from '../value.ts';
import { isGeometry } from './is-geometry.ts';

const INTEGER = /^\s*[+-]?\d+\s*$/;
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/;
const APPROXIMATE = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+\s*$/;
const BITS = /^[01]+$/;

/**
 * A value as it stands in a statement, for a column. Numbers stand bare, since MySQL compares a number with a text as floating
 * point; texts stand in quotes, which are safe in each mode of the server.
 * @throws ConnectionError value
 */
export function literalOf(value: Value, column: Column): string {
  switch (column.kind) {
    case 'json':
      return quoted(jsonText(value), column);
    case 'integer':
    case 'boolean':
      return integer(value, column);
    case 'decimal':
    case 'float':
      return number(value, column);
    case 'bits':
      if (typeof value === 'string' && BITS.test(value)) return `b'${value}'`;
      throw unfit(column, 'a text of the digits 0 and 1 is wanted');
    case 'binary':
      if (value instanceof Uint8Array) {
        return `x'${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}'`;
      }
      throw unfit(column, 'bytes are wanted');
    case 'datetime':
    case 'datetime_zoned':
      return quoted(inUtc(textOf(value, column)), column);
    case 'other':
      if (isGeometry(column)) return `ST_GeomFromText(${quoted(textOf(value, column), column)})`;
      break;
    default:
      break;
  }
  return quoted(textOf(value, column), column);
}

/** A text in quotes: doubled, not escaped, so that it ends nowhere else even if a server takes backslashes for themselves. */
function quoted(text: string, column: Column): string {
  if (!text.isWellFormed()) throw unfit(column, 'the text has half of a surrogate pair, which UTF-8 cannot say');
  return quotedText(text);
}

export const quotedText = (text: string): string =>
  `'${/['\\\0]/.test(text) ? text.replaceAll("'", "''").replaceAll('\\', '\\\\').replaceAll('\0', '\\0') : text}'`;

function textOf(value: Value, column: Column): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      throw unfit(
        column,
        value instanceof Uint8Array ? 'bytes do not go into it' : 'one value is wanted, not a list or an object',
      );
  }
}

function integer(value: Value, column: Column): string {
  switch (typeof value) {
    case 'boolean':
      return value ? '1' : '0';
    case 'bigint':
      return String(value);
    case 'number':
      if (Number.isSafeInteger(value)) return String(value);
      if (Number.isInteger(value)) return String(BigInt(value));
      break;
    case 'string':
      if (INTEGER.test(value)) return value.trim();
      break;
    default:
      break;
  }
  throw unfit(column, 'a whole number is wanted');
}

function number(value: Value, column: Column): string {
  // Most numbers: in this range they are written without an exponent.
  if (typeof value === 'number' && (value === 0 || (Math.abs(value) > 1e-6 && Math.abs(value) < 1e21)))
    return String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw unfit(column, 'it keeps neither NaN nor infinities');
  const text = typeof value === 'boolean' ? (value ? '1' : '0') : textOf(value, column);
  if (DECIMAL.test(text)) return text.trim();
  // With an exponent a bare number is floating point; in quotes it is exact.
  if (APPROXIMATE.test(text)) return column.kind === 'float' ? text.trim() : `'${text.trim()}'`;
  throw unfit(column, 'a number is wanted');
}

const ZONED = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d):?(\d\d)$/;

/** A moment in the zone of the session: MariaDB knows none in texts. */
function inUtc(text: string): string {
  if (text.endsWith('Z')) return text.slice(0, -1);
  const zoned = ZONED.exec(text);
  if (zoned === null) return text;
  const [, seconds = '', fraction = '', hours = '', minutes = ''] = zoned;
  const moment = new Date(`${seconds.replace(' ', 'T')}${hours}:${minutes}`);
  return Number.isNaN(moment.getTime()) ? text : `${moment.toISOString().slice(0, 19)}${fraction}`;
}

const unfit = (column: Column, why: string): ConnectionError =>
  new ConnectionError('value', `a value does not fit the column ${column.name} (${column.type}): ${why}`);
