import type { Column, Value } from '@datamaker/connectors';
import { bytesText } from './bytes-text.ts';

/**
 * Whether what a column was given is what it holds: the database pads texts, rounds moments to its digits, writes decimals with as
 * many as it keeps.
 */
export function sameValue(column: Column, given: Value | undefined, held: Value | undefined): boolean {
  const [a, b] = [given ?? null, held ?? null];
  if (a === null || b === null) return a === b;
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
      return secondsOf(String(a)) === secondsOf(String(b));
    case 'datetime':
    case 'datetime_zoned': {
      const unit = 10 ** -Math.min(column.scale ?? 3, 3) * 1000;
      return Math.abs(momentOf(String(a)) - momentOf(String(b))) < Math.max(unit, 1);
    }
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

const secondsOf = (text: string): string => text.slice(0, 8).padEnd(8, ':00');

const momentOf = (text: string): number =>
  Date.parse(
    /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text.slice(10)) ? text : `${text.length === 10 ? `${text}T00:00:00` : text}Z`,
  );

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
