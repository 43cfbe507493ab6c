import mysql, { type FieldPacket } from 'mysql2';
import { jsonText, jsonValue } from '../sql/json-text.ts';
import type { RawRows } from '../sql/sql-connection.ts';
import type { Row, Rows, Value } from '../value.ts';
import { bitsOf, integerOf, withoutZeros } from './parse-value.ts';

/** Rows of somebody's own statement, by the types that the server names. */
export const decodedRows = (fields: readonly FieldPacket[], rows: RawRows): Rows =>
  rows.map((row) => Object.fromEntries(fields.map((field, i) => [field.name, meaningOf(row[i], field)])) as Row);

/** Types by number; a getter of the driver's, which an import by name would not find. */
const { Types } = mysql;

type Field = FieldPacket & { readonly extendedFormat?: string };

/** @param raw as the driver makes it with `bigNumberStrings`, `dateStrings` and `jsonStrings` */
function meaningOf(raw: unknown, field: Field): Value {
  if (raw === null || raw === undefined) return null;
  if (field.extendedFormat === 'json') return jsonValue(String(raw));
  switch (field.columnType) {
    case Types.TINY:
      return field.columnLength === 1 && (raw === 0 || raw === 1) ? raw === 1 : Number(raw);
    case Types.LONGLONG:
      return integerOf(String(raw));
    case Types.JSON:
      return jsonValue(String(raw));
    case Types.TIME:
      return withoutZeros(String(raw));
    case Types.DATETIME:
      return withoutZeros(String(raw)).replace(' ', 'T');
    case Types.TIMESTAMP:
      return `${withoutZeros(String(raw)).replace(' ', 'T')}Z`;
    case Types.BIT: {
      const bits = bitsOf(raw as Buffer, field.columnLength ?? 1);
      return field.columnLength === 1 ? bits === '1' : bits;
    }
    default:
      return raw instanceof Uint8Array ? new Uint8Array(raw) : (raw as Value);
  }
}

/** A parameter of somebody's own statement: its type is known to the server only. */
export function parameterOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'object' && value !== null ? jsonText(value as Value) : value;
}
