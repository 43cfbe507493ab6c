import type { Column } from '../schema/schema.ts';
import { jsonValue } from '../sql/json-text.ts';
import type { Value } from '../value.ts';

/** A value as it came, in bytes of the text protocol. */
export function parseValue(raw: Buffer, column: Column): Value {
  switch (column.kind) {
    case 'integer':
      return integerOf(raw.toString('latin1'));
    case 'boolean': {
      if (column.type.startsWith('bit')) return raw.at(-1) === 1;
      const number = integerOf(raw.toString('latin1'));
      return number === 0 ? false : number === 1 ? true : number;
    }
    case 'float': {
      const number = Number(raw.toString('latin1'));
      return column.precision === 32 ? shortest(number) : number;
    }
    case 'bits':
      return bitsOf(raw, column.maxLength ?? raw.length * 8);
    case 'binary':
      // A copy: what it is part of would be kept with it, and a Buffer would compare unlike the bytes that it holds.
      return new Uint8Array(raw);
    case 'json':
      return jsonValue(raw.toString());
    case 'time':
      return withoutZeros(raw.toString('latin1'));
    case 'datetime':
      return withoutZeros(raw.toString('latin1')).replace(' ', 'T');
    case 'datetime_zoned':
      return `${withoutZeros(raw.toString('latin1')).replace(' ', 'T')}Z`;
    default:
      return raw.toString();
  }
}

export function integerOf(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

export const bitsOf = (bytes: Uint8Array, length: number): string =>
  Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(-length)
    .padStart(length, '0');

/** `13:05:00.120000` → `13:05:00.12`: a column shows as many digits as it has. */
export const withoutZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** The number with fewest digits that is the same in 32 bits, so that 0.1 comes back as 0.1. */
function shortest(number: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return short;
  }
  return number;
}
