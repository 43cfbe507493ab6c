import type { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import type { Column } from '../../format/column.ts';
import { toDays, toMillis, toMillisOfDay, toUuidBytes } from '../parse-values.ts';
import { toUnscaled } from '../to-unscaled.ts';

type SchemaElement = ParquetWriter['schema'][number];

/** Numbers of so many digits fit 32 bits. */
const DIGITS_OF_INT32 = 9;

/** The schema of columns: a tree, written depth first (Parquet format, Metadata and LogicalTypes). */
export function parquetSchema(columns: readonly Column[]): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)];
}

function elementsOf(column: Column): SchemaElement[] {
  const { name, type, nullable } = column;
  const own = { name, repetition_type: nullable ? ('OPTIONAL' as const) : ('REQUIRED' as const) };
  switch (type.kind) {
    case 'boolean':
      return [{ ...own, type: 'BOOLEAN' }];
    case 'integer':
      return [{ ...own, type: fitsInt32(type) ? 'INT32' : 'INT64' }];
    case 'decimal':
      return [
        {
          ...own,
          type: type.precision <= DIGITS_OF_INT32 ? 'INT32' : 'INT64',
          converted_type: 'DECIMAL',
          logical_type: { type: 'DECIMAL', precision: type.precision, scale: type.scale },
          precision: type.precision,
          scale: type.scale,
        },
      ];
    case 'number':
      return [{ ...own, type: 'DOUBLE' }];
    case 'text':
      return [{ ...own, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }];
    case 'json':
      return [{ ...own, type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } }];
    case 'uuid':
      return [{ ...own, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }];
    case 'date':
      return [{ ...own, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }];
    case 'time':
      return [
        {
          ...own,
          type: 'INT32',
          converted_type: 'TIME_MILLIS',
          logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'MILLIS' },
        },
      ];
    case 'datetime':
      return [
        {
          ...own,
          type: 'INT64',
          converted_type: 'TIMESTAMP_MILLIS',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
        },
      ];
    case 'object':
      return [{ ...own, num_children: type.fields.length }, ...type.fields.flatMap(elementsOf)];
    case 'list':
      // Three levels, as the format asks for (LogicalTypes, Lists).
      return [
        { ...own, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'REQUIRED', num_children: type.fields.length },
        ...type.fields.flatMap(elementsOf),
      ];
  }
}

const fitsInt32 = ({ min, max }: { readonly min: bigint; readonly max: bigint }): boolean =>
  min >= -(2n ** 31n) && max < 2n ** 31n;

type Convert = (value: unknown) => unknown;

/** What turns a JSON value of a column into what the writer takes for it; null stays null. */
export function parquetValue({ type }: Column): Convert {
  const convert = ((): Convert => {
    switch (type.kind) {
      case 'integer':
        return fitsInt32(type) ? (value) => value : (value) => BigInt(value as number);
      case 'decimal':
        return (value) => toUnscaled(value as number, type);
      case 'text':
        return (value) => (typeof value === 'string' ? value : JSON.stringify(value));
      case 'uuid':
        return (value) => toUuidBytes(value as string);
      case 'date':
        return (value) => toDays(value as string);
      case 'time':
        return (value) => toMillisOfDay(value as string);
      case 'datetime':
        return (value) => BigInt(toMillis(value as string));
      case 'object':
        return membersOf(type.fields);
      case 'list': {
        const members = membersOf(type.fields);
        return (value) => (value as unknown[]).map(members);
      }
      default:
        return (value) => value;
    }
  })();
  return (value) => (value === null ? null : convert(value));
}

function membersOf(fields: readonly Column[]): Convert {
  const converts = fields.map((field) => [field.name, parquetValue(field)] as const);
  return (value) =>
    Object.fromEntries(converts.map(([name, convert]) => [name, convert((value as Record<string, unknown>)[name])]));
}
