import type { Column, Value } from '@datamaker/connectors';
import { asList, elementOf } from './as-list.ts';
import { bytesText } from './bytes-text.ts';
import { intervalText } from './interval-text.ts';
import { sameMoment, sameTime } from './same-moment.ts';

/**
 * Whether what a column was given is what it holds: the database pads texts, rounds moments to its digits, writes decimals with as
 * many as it keeps.
 */
export function sameValue(column: Column, given: Value | undefined, held: Value | undefined): boolean {
  const [a, b] = [given ?? null, held ?? null];
  if (a === null || b === null) return a === b;
  if (column.dimensions > 0) return sameList(column, a, b);
  switch (column.kind) {
    case 'integer':
      return String(a) === String(b);
    case 'decimal':
      return sameDecimal(String(a), String(b), column.scale);
    case 'float': {
      const [x, y] = [Number(a), Number(b)];
      // Half a unit of what it keeps, and what is lost on the way there.
      if (column.scale !== null) return Math.abs(x - y) <= 0.501 * 10 ** -column.scale + Math.abs(x) * 1e-6;
      return column.precision !== null && column.precision <= 32 ? Math.fround(x) === Math.fround(y) : x === y;
    }
    case 'boolean':
      return Boolean(a) === Boolean(b);
    case 'date':
      return String(a).slice(0, 10) === String(b).slice(0, 10);
    case 'time':
      return sameTime(column, String(a), String(b));
    case 'datetime':
    case 'datetime_zoned':
      return sameMoment(column, String(a), String(b));
    case 'interval':
      return sameInterval(column, String(a), String(b));
    case 'binary':
      return sameBytes(a, b);
    case 'json':
      return canonical(a) === canonical(b);
    case 'uuid':
    case 'mac':
      return String(a).toLowerCase() === String(b).toLowerCase();
    case 'ip':
      return address(String(a)) === address(String(b));
    default:
      return textOf(column, a) === textOf(column, b);
  }
}

const textOf = ({ isPadded }: Column, value: Value): string => {
  const text = String(value);
  return isPadded ? text.trimEnd() : text;
};

function sameDecimal(a: string, b: string, scale: number | null): boolean {
  if (/e/i.test(a + b)) return Number(a) === Number(b);
  if (plain(a) === plain(b)) return true;
  return scale !== null && scale >= 0 && scale <= 15 && Number(a).toFixed(scale) === Number(b).toFixed(scale);
}

/** Without zeros that say nothing. */
const plain = (text: string): string => {
  const [whole = '', part = ''] = text.replace(/^\+/, '').split('.');
  const rest = part.replace(/0+$/, '');
  const number = `${whole.replace(/^(-?)0+(?=\d)/, '$1')}${rest === '' ? '' : `.${rest}`}`;
  return number === '-0' ? '0' : number;
};

/** Lists of lists are lists of what is in them, however deep. */
function sameList(column: Column, a: Value, b: Value): boolean {
  const [given, held] = [asList(column, a), asList(column, b)];
  // What was given in words of the system's own was read by the system alone.
  if (given === undefined || held === undefined) return typeof a === 'string';
  return given.length === held.length && given.every((value, i) => sameElement(column, value, held[i] ?? null));
}

const sameElement = (column: Column, a: Value, b: Value): boolean =>
  Array.isArray(a) && Array.isArray(b) && column.kind !== 'json'
    ? sameList(column, a, b)
    : sameValue(elementOf(column), a, b);

function sameInterval(column: Column, a: string, b: string): boolean {
  const given = intervalText(column, a);
  // As with lists: what is in words that only the system reads is not told from others.
  return given === undefined || given === intervalText(column, b);
}

/** An address as everybody writes it: URLs have those of IPv6 in their shortest form (RFC 5952). */
function address(text: string): string {
  if (!text.includes(':')) return text.replace(/\/32$/, '');
  const url = `http://[${text}]`;
  return URL.canParse(url) ? new URL(url).hostname : text;
}

/** Rows of templates have bytes as texts in base64, which systems take for the bytes. */
const sameBytes = (a: Value, b: Value): boolean => bytesText(a) === bytesText(b) || plainBytes(a).equals(plainBytes(b));

const plainBytes = (value: Value): Buffer =>
  value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : Buffer.from(String(value));

function canonical(value: Value): string {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return JSON.stringify(String(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value as Record<string, Value>).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
