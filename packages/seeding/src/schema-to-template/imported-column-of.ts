import type { Column } from '@datamaker/connectors';
import type { ImportedColumn, ColumnKind as ImportedKind } from '@datamaker/engine/import';
import type { ColumnFacts } from './column-facts.ts';
import { fitPattern } from './fit-pattern.ts';
import { literalOf } from './literal-of.ts';
import { narrowedPattern } from './narrowed-pattern.ts';

const KINDS: Readonly<Partial<Record<Column['kind'], ImportedKind>>> = {
  integer: 'integer',
  decimal: 'decimal',
  float: 'decimal',
  boolean: 'boolean',
  text: 'text',
  binary: 'binary',
  date: 'date',
  datetime: 'datetime',
  datetime_zoned: 'datetime',
  time: 'time',
  uuid: 'uuid',
  json: 'json',
};
/** Forms of texts that a kind stands for, by the names of JSON Schema. */
const FORMATS: Readonly<Partial<Record<Column['kind'], string>>> = { ip: 'ipv4', mac: 'mac' };
/** A fixed length up to this is taken for a code, which fills it. */
const LONGEST_CODE = 10;

/** A column of a database in the words of the engine's import, which makes a field of it by its type and its name. */
export function importedColumnOf(column: Column, facts: ColumnFacts, isUnique: boolean): ImportedColumn {
  const { name, kind, type } = column;
  const nullable = column.nullable && facts.notNull !== true;
  const base = { name, place: {}, declared: type, nullable, unique: isUnique };
  if (facts.isNull === true) return { ...base, kind: 'text', literal: null };
  const literal = literalOf(column);
  if (literal !== undefined) return { ...base, kind: 'text', literal };
  const values = facts.values ?? column.values ?? undefined;
  if (values !== undefined) return { ...base, kind: KINDS[kind] ?? 'text', values };
  const format = type === 'inet6' ? 'ipv6' : FORMATS[kind];
  return {
    ...base,
    kind: KINDS[kind] ?? 'text',
    ...(format === undefined ? {} : { format }),
    ...boundsOf(column, facts),
  };
}

function boundsOf(column: Column, facts: ColumnFacts): Partial<ImportedColumn> {
  const { kind, maxLength, isPadded, precision, scale } = column;
  const { min, max, pattern, earliest, latest } = facts;
  const numbers = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  switch (kind) {
    case 'integer':
      return { ...numbers, ...(precision === null ? {} : { precision: Math.floor((precision - 1) * Math.log10(2)) }) };
    case 'decimal':
      return {
        ...numbers,
        ...(precision === null ? {} : { precision }),
        ...(scale === null ? {} : { scale: Math.max(0, scale) }),
      };
    case 'date':
    case 'datetime':
    case 'datetime_zoned':
      return { ...(earliest === undefined ? {} : { earliest }), ...(latest === undefined ? {} : { latest }) };
    case 'text':
    case 'binary': {
      const most = Math.min(facts.maxLength ?? Number.POSITIVE_INFINITY, maxLength ?? Number.POSITIVE_INFINITY);
      const least =
        facts.minLength ?? (isPadded && maxLength !== null && maxLength <= LONGEST_CODE ? maxLength : undefined);
      const form =
        pattern === undefined
          ? lettersPattern(facts, least, most)
          : narrowed(fitPattern(pattern, least ?? 0, most) ?? pattern, column);
      return {
        ...(Number.isFinite(most) ? { maxLength: most } : {}),
        ...(least === undefined ? {} : { minLength: least }),
        ...(form === undefined ? {} : { pattern: form }),
      };
    }
    case 'bits':
      return { pattern: `[01]{${Math.min(maxLength ?? 8, 64)}}` };
    default:
      return numbers;
  }
}

const narrowed = (pattern: string, column: Column): string =>
  narrowedPattern(pattern, column, false)?.pattern ?? pattern;

function lettersPattern({ letters }: ColumnFacts, least = 3, most: number): string | undefined {
  if (letters === undefined) return undefined;
  const to = Math.max(least, Math.min(most, least + 5));
  return `[${letters === 'upper' ? 'A-Z' : 'a-z'}]{${Math.min(least, to)},${to}}`;
}
