import type { Document } from 'mongodb';
import { ConnectionError } from '../connection-error.ts';
import type { Condition } from '../session.ts';
import type { Row, Value } from '../value.ts';
import type { Shape } from './shape.ts';
import { toBson } from './to-bson.ts';

/**
 * The name of a field of the rows, which is no operator of the query language.
 * @throws ConnectionError value
 */
export function fieldName(name: string): string {
  if (name !== '' && !name.startsWith('$') && !name.includes('.') && !name.includes('\0')) return name;
  const shown = JSON.stringify(name.slice(0, 200));
  throw new ConnectionError('value', `a field cannot be called ${shown}`, {
    hint: 'names of fields are not empty and have no dot, no $ at their beginning and no NUL; what is nested goes into an object',
  });
}

/** A field, or one inside it: `address.city`. @throws ConnectionError value */
export const fieldPath = (path: string): string => path.split('.').map(fieldName).join('.');

/** What is known of the place that a path leads to; lists on the way are passed through. */
export function shapeAt(shape: Shape, path: string): Shape | undefined {
  let found: Shape | undefined = shape;
  for (const name of path.split('.')) found = (found?.fields.get(name) ?? found?.items?.fields.get(name)) as Shape;
  return found;
}

const OPERATORS = { '=': '$eq', '!=': '$ne', '<': '$lt', '<=': '$lte', '>': '$gt', '>=': '$gte' } as const;

/** Conditions, all of which hold. @throws ConnectionError value */
export function filterOf(shape: Shape, conditions: readonly Condition[]): Document {
  const all = conditions.flatMap((condition) => filtersOf(shape, condition));
  return all.length === 0 ? {} : { $and: all };
}

function filtersOf(shape: Shape, { column, is, value = null }: Condition): Document[] {
  const path = fieldPath(column);
  if (is === 'null') return [on(path, { $eq: null })];
  if (is === 'not null') return [on(path, { $ne: null })];
  if (is === 'like') return [on(path, { $regex: patternOf(value), $options: 's' })];
  const compared = on(path, { [OPERATORS[is]]: toBson(value, shapeAt(shape, path)) });
  // As everywhere else nothing is told of a field that has no value.
  return is === '!=' ? [compared, on(path, { $ne: null })] : [compared];
}

/** The documents with this key; a field that is null stands for one that is not there as well, as it does in unique indexes. */
export const keyFilter = (shape: Shape, key: readonly string[], row: Row): Document =>
  Object.fromEntries(key.map((path) => [fieldPath(path), { $eq: toBson(valueAt(row, path), shapeAt(shape, path)) }]));

/** The document that has the key of one that is to be written. */
export const sameKey = (key: readonly string[], document: Document): Document =>
  Object.fromEntries(key.map((path) => [fieldPath(path), { $eq: valueAt(document, path) }]));

/** The value that a path leads to, in a row or a document; null: there is none. */
export function valueAt<Of extends Row | Document>(row: Of, path: string): Of[string] {
  if (Object.hasOwn(row, path)) return row[path];
  let found: unknown = row;
  for (const name of path.split('.')) {
    const isObject = typeof found === 'object' && found !== null && Object.hasOwn(found, name);
    found = isObject ? (found as Record<string, unknown>)[name] : undefined;
  }
  return (found ?? null) as Of[string];
}

/** Not by a literal: a field may be called __proto__. */
const on = (path: string, condition: Document): Document => Object.fromEntries([[path, condition]]);

/** A pattern of LIKE as a regular expression: % any text, _ any character, a backslash before them takes them as they are. */
function patternOf(value: Value): string {
  if (typeof value !== 'string' || value.includes('\0')) {
    throw new ConnectionError('value', 'what follows "like" is a text without the character NUL');
  }
  const parts = value.match(/\\?[\s\S]/gu) ?? [];
  return `^${parts.map(partOf).join('')}\\z`;
}

function partOf(part: string): string {
  if (part === '%') return '.*';
  if (part === '_') return '.';
  const plain = part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
  return plain.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
