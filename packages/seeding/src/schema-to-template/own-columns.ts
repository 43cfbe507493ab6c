import type { Column } from '@datamaker/connectors';
import type { ImportedColumn } from '@datamaker/engine/import';
import type { ColumnFacts } from './column-facts.ts';
import { importedColumnOf } from './imported-column-of.ts';
import { isKnownType, literalOf } from './literal-of.ts';
import type { OwnNotice } from './own-template.ts';

/** Elements of a list of lists: all have as many, as PostgreSQL wants it. */
const INNER_ITEMS = 2;
const MOST_ITEMS = 3;
/** Most bytes that are made up. */
const MOST_BYTES = 12;

/** Why a column is no field; undefined: it is one. @param counted whether it is one although the system counts it */
export function leftOut(column: Column, counted: boolean): Omit<OwnNotice, 'subject'> | undefined {
  if (column.isComputed === true || column.generated === 'always') {
    return { code: 'generated_column', message: `the system makes its values itself (${column.type}): it is left out` };
  }
  if (column.generated === 'by_default' && !counted) {
    return {
      code: 'identity_column',
      message: `the system counts or makes its values when none is given: it is left out`,
    };
  }
  if (isKnownType(column) || isObjectId(column)) return undefined;
  const why = column.default === null ? 'map a column of your own to it' : `its default is ${column.default}`;
  return {
    code: 'type_not_supported',
    message: `no values are made for the type ${column.type}: it is left out; ${why}`,
  };
}

/** What documents refer to each other by, in the words of MongoDB. */
const isObjectId = ({ kind, type }: Column): boolean =>
  kind === 'other' && /^(?:array of )*objectId(?: \| null)?$/.test(type);

/** What a column is to the engine's import, with lists, documents and bytes as rows have them. */
export function ownColumn(column: Column, facts: ColumnFacts, isUnique: boolean): ImportedColumn {
  const { name, type, dimensions, nullable, inside } = column;
  const base = { name, place: {}, declared: type, nullable: nullable && facts.notNull !== true };
  if (facts.isNull === true) return { ...base, kind: 'text', literal: null };
  if (inside !== undefined) {
    const columns = inside.columns
      .filter((one) => leftOut(one, true) === undefined)
      .map((one) => ownColumn(one, {}, false));
    const object: ImportedColumn = { ...base, kind: 'object', columns };
    return inside.isList ? { ...base, kind: 'array', items: { ...object, nullable: false } } : object;
  }
  if (isObjectId(column) && dimensions === 0) return { ...base, kind: 'text', format: 'objectid', unique: isUnique };
  if (dimensions > 0) return listOf(column, dimensions, base);
  if (column.kind === 'binary') return { ...base, ...bytesOf(column, facts), unique: isUnique };
  const imported = importedColumnOf(column, facts, isUnique);
  // Databases without integers count in decimals.
  const isWhole = imported.kind === 'decimal' && column.kind === 'decimal' && column.scale === 0;
  return isWhole ? { ...imported, kind: 'integer' } : imported;
}

function listOf(
  column: Column,
  dimensions: number,
  base: Pick<ImportedColumn, 'name' | 'place' | 'nullable'> & { readonly declared: string },
): ImportedColumn {
  const element: Column = { ...column, dimensions: 0, nullable: false };
  const plain = literalOf(element) === undefined ? ownColumn(element, {}, false) : importedColumnOf(element, {}, false);
  const items = dimensions > 1 ? listOf(column, dimensions - 1, { ...base, nullable: false }) : plain;
  const [minItems, maxItems] = column.dimensions > 1 ? [INNER_ITEMS, INNER_ITEMS] : [1, MOST_ITEMS];
  return { ...base, kind: 'array', items, minItems, maxItems };
}

/** Bytes travel in base64 (RFC 4648, 4), in groups of three; one or two that are left have zeros for the bits that do not count. */
function bytesOf({ maxLength }: Column, facts: ColumnFacts): Pick<ImportedColumn, 'kind' | 'pattern'> {
  const most = Math.min(maxLength ?? MOST_BYTES, facts.maxLength ?? MOST_BYTES, MOST_BYTES);
  const bytes = Math.max(1, facts.minLength ?? 0, most);
  const [groups, left] = [Math.floor(bytes / 3), bytes % 3];
  // Fewer bytes are as good where a whole number of groups is enough.
  const isEnough = groups > 0 && 3 * groups >= (facts.minLength ?? 0);
  const rest =
    isEnough || left === 0 ? '' : left === 1 ? '[A-Za-z0-9+/][AQgw]==' : '[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=';
  return { kind: 'text', pattern: `${groups > 0 ? `[A-Za-z0-9+/]{${4 * groups}}` : ''}${rest}` };
}
