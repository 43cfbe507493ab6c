import { ConnectionError } from '../connection-error.ts';
import type { Column } from '../schema/schema.ts';
import { jsonText } from '../sql/json-text.ts';
import type { Value } from '../value.ts';
import { listDelimiter } from './list-delimiter.ts';

/**
 * A value as PostgreSQL writes it as text, for COPY and for parameters.
 * @throws ConnectionError value
 */
export function textOf(value: Value, column: Column): string {
  if (column.dimensions > 0) {
    // As the database writes lists, when it is a text.
    if (typeof value === 'string') return checked(value, column);
    if (!Array.isArray(value)) throw unfit(column, 'a list is wanted');
    return listOf(value, column);
  }
  return scalar(value, column);
}

function scalar(value: Value, column: Column): string {
  if (column.kind === 'json') {
    const text = jsonText(value);
    // It may be written in JSON, but not kept in jsonb.
    return checked(text, column);
  }
  switch (typeof value) {
    case 'string':
      if (column.kind === 'binary') throw unfit(column, 'bytes are wanted, not a text');
      return checked(value, column);
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (!(value instanceof Uint8Array)) throw unfit(column, 'one value is wanted, not a list or an object');
      if (column.kind !== 'binary') throw unfit(column, 'bytes do not go into it');
      return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  }
}

function checked(text: string, column: Column): string {
  if (text.includes('\0')) throw unfit(column, 'PostgreSQL keeps no character NUL (U+0000)');
  if (!text.isWellFormed()) throw unfit(column, 'the text has half of a surrogate pair, which UTF-8 cannot say');
  return text;
}

function listOf(values: readonly Value[], column: Column): string {
  const elements = values.map((value) => {
    if (value === null) return 'NULL';
    // Lists of lists; what is JSON may be a list itself.
    if (Array.isArray(value) && column.kind !== 'json') return listOf(value, column);
    return `"${scalar(value, column).replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${elements.join(listDelimiter(column.type))}}`;
}

const unfit = (column: Column, why: string): ConnectionError =>
  new ConnectionError('value', `a value does not fit the column ${column.name} (${column.type}): ${why}`);
