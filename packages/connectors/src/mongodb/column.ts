import type { Column, ColumnKind } from '../schema/schema.ts';
import type { FieldRules } from './json-schema.ts';
import { type BsonType, type Shape, typeOf } from './shape.ts';

const KINDS: Readonly<Partial<Record<BsonType, ColumnKind>>> = {
  string: 'text',
  int: 'integer',
  long: 'integer',
  double: 'float',
  decimal: 'decimal',
  bool: 'boolean',
  date: 'datetime_zoned',
  binData: 'binary',
  uuid: 'uuid',
  object: 'json',
  array: 'json',
};
const PRECISIONS: Readonly<Partial<Record<BsonType, number>>> = { int: 32, long: 64, double: 64, decimal: 34 };

/** Deeper documents are JSON of whatever kind. */
const MOST_LEVELS = 4;
const MOST_FIELDS = 100;

/** A field of the documents, as a column. */
export function columnOf(name: string, shape: Shape, rules: FieldRules | undefined, level = 0): Column {
  const list = listOf(shape);
  const type = typeOf(list.items);
  const isId = name === '_id';
  const isMade = isId && (type === undefined || type === 'objectId');
  const inside = insideOf(shape, level);
  return {
    name,
    kind: type === undefined ? 'other' : (KINDS[type] ?? 'other'),
    type: typeText(shape),
    dimensions: list.dimensions,
    nullable: !isId && rules?.isRequired !== true,
    maxLength: rules?.maxLength ?? (type === 'objectId' ? 24 : null),
    isPadded: false,
    precision: (type === undefined ? undefined : PRECISIONS[type]) ?? null,
    scale: type === 'date' ? 3 : null,
    values: rules?.values ?? null,
    default: null,
    generated: isMade ? 'by_default' : null,
    comment: rules?.comment ?? null,
    ...(inside === undefined ? {} : { inside }),
  };
}

/** What was seen in documents within documents; of fields that are named by data only the first are told. */
function insideOf(shape: Shape, level: number): Column['inside'] {
  const isList = typeOf(shape) === 'array' && shape.items !== undefined;
  const { fields } = isList ? (shape.items as Shape) : shape;
  const isDocument = typeOf(isList ? shape.items : shape) === 'object';
  if (!isDocument || fields.size === 0 || level >= MOST_LEVELS) return undefined;
  const columns = [...fields].slice(0, MOST_FIELDS).map(([name, one]) => columnOf(name, one, undefined, level + 1));
  return { isList, columns };
}

/** Lists of plain values are columns with dimensions; lists of documents are JSON. */
function listOf(shape: Shape): { items: Shape; dimensions: number } {
  let items = shape;
  let dimensions = 0;
  while (typeOf(items) === 'array' && items.items !== undefined) {
    items = items.items;
    dimensions += 1;
  }
  const type = typeOf(items);
  return type === undefined || type === 'object' || type === 'array'
    ? { items: shape, dimensions: 0 }
    : { items, dimensions };
}

/** `string`, `int | null`, `array of string`; `unknown` where nothing was seen. */
function typeText(shape: Shape): string {
  const types = [...shape.types].sort();
  if (types.length === 0) return 'unknown';
  return types
    .map((type) =>
      type === 'array' && (shape.items?.types.size ?? 0) > 0 ? `array of ${typeText(shape.items as Shape)}` : type,
    )
    .join(' | ');
}
