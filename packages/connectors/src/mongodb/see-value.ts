import { type BsonType, newShape, type Shape } from './shape.ts';

/** Deeper ones are taken as they are. */
const MOST_LEVELS = 20;
const MOST_FIELDS = 1000;

/**
 * Adds a value of a document to what is known of its place.
 * @param places how many fields that were not seen before may come to be known
 */
export function seeValue(
  shape: Shape,
  value: unknown,
  places: { left: number } = { left: Number.POSITIVE_INFINITY },
  level = 0,
): void {
  const type = bsonTypeOf(value);
  shape.types.add(type);
  if (level >= MOST_LEVELS) return;
  if (type === 'array') {
    shape.items ??= newShape();
    for (const item of value as unknown[]) seeValue(shape.items, item, places, level + 1);
  } else if (type === 'object') {
    for (const [name, inner] of Object.entries(value as object)) {
      if (!shape.fields.has(name) && places.left-- <= 0) continue;
      seeValue(fieldOf(shape, name), inner, places, level + 1);
    }
  }
}

/** What is known of a field; an empty shape when there was nothing. */
export function fieldOf(shape: Shape, name: string): Shape {
  const known = shape.fields.get(name);
  if (known !== undefined) return known;
  const made = newShape();
  if (shape.fields.size < MOST_FIELDS) shape.fields.set(name, made);
  return made;
}

/** By what `bson` calls its classes. */
const CLASSES: Readonly<Record<string, BsonType>> = {
  ObjectId: 'objectId',
  Int32: 'int',
  Long: 'long',
  Double: 'double',
  Decimal128: 'decimal',
  Timestamp: 'timestamp',
  BSONRegExp: 'regex',
  Code: 'javascript',
  BSONSymbol: 'string',
};

/** The type of a value as the driver reads it; numbers may be of bson's classes or plain. */
export function bsonTypeOf(value: unknown): BsonType {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  const { _bsontype: name, sub_type: subtype } = value as { _bsontype?: string; sub_type?: number };
  // Classes of bson inherit it; a document that has one is a document.
  if (name === undefined || Object.hasOwn(value as object, '_bsontype')) return 'object';
  if (name === 'Binary' || name === 'UUID') return subtype === 4 ? 'uuid' : 'binData';
  return CLASSES[name] ?? 'other';
}

export const isInt32 = (value: number): boolean => Object.is(value | 0, value);
