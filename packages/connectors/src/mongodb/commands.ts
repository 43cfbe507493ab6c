import type { Document } from 'mongodb';
import type { OnConflict } from '../session.ts';
import type { Rows } from '../value.ts';
import type { DocumentBatch } from './document-batches.ts';
import { fieldPath, keyFilter, sameKey, shapeAt, valueAt } from './filter.ts';
import type { Shape } from './shape.ts';
import { toBson } from './to-bson.ts';

export interface WriteRequest {
  readonly collection: string;
  readonly onConflict: OnConflict;
  /** Fields that tell rows apart; empty: any rule of the collection does. */
  readonly key: readonly string[];
}

/** Something the server said of one row. */
export interface WriteError extends Document {
  readonly index: number;
  readonly code: number;
}

/** What the server says of rows that it was sent. */
export interface WriteReply extends Document {
  readonly n: number;
  readonly writeErrors?: readonly WriteError[];
  readonly upserted?: readonly { readonly index: number; readonly _id: unknown }[];
  readonly writeConcernError?: Document;
}

/** Keys of rows that are there already. */
export const DUPLICATE_KEY: ReadonlySet<number> = new Set([11000, 11001, 12582]);

/**
 * One command for a batch. Rows go in order and the first that is refused ends it, but where any rule may say that a row is
 * there already: then all are tried.
 */
export function writeCommand({ collection, onConflict, key }: WriteRequest, batch: DocumentBatch): Document {
  if (onConflict === 'fail' || key.length === 0) {
    return { insert: collection, documents: batch.documents, ordered: onConflict === 'fail' };
  }
  const updates = batch.documents.map((document) => ({
    // Of the document: it has an `_id` where the row has none.
    q: sameKey(key, document),
    u: onConflict === 'skip' ? { $setOnInsert: document } : changeOf(document, key),
    upsert: true,
    multi: false,
  }));
  return { update: collection, updates, ordered: true };
}

/** Fields that a row does not have stay as they are; `_id` and the key never change. */
function changeOf(document: Document, key: readonly string[]): Document {
  const kept = new Set(['_id', ...key.map((path) => path.split('.')[0])]);
  const entries = Object.entries(document);
  const changed = entries.filter(([name]) => !kept.has(name));
  // A key inside a nested document: the document around it is of the row, and goes in as a whole.
  const made = entries.filter(([name]) => name === '_id' || key.includes(name) || kept.has(name));
  return {
    ...(changed.length === 0 ? {} : { $set: Object.fromEntries(changed) }),
    $setOnInsert: Object.fromEntries(made),
  };
}

/** Removes the documents with each of these keys; those of one field all together. */
export const removeCommand = (collection: string, shape: Shape, keys: Rows): Document => ({
  delete: collection,
  deletes: keyFilters(shape, keys).map((q) => ({ q, limit: 0 })),
  ordered: true,
});

/** Filters that together let through the documents with these keys; those of one field are one filter. */
export function keyFilters(shape: Shape, keys: Rows): Document[] {
  const byField = Map.groupBy(keys, (row) => {
    const [[field, value] = [], ...more] = Object.entries(row);
    // A document in a list of values would be taken for an operator.
    const isPlain = value === null || typeof value !== 'object';
    return more.length === 0 && isPlain ? field : undefined;
  });
  return [...byField].flatMap(([field, rows]) => {
    if (field === undefined) return rows.map((row) => keyFilter(shape, Object.keys(row), row));
    const path = fieldPath(field);
    const of = shapeAt(shape, path);
    return [Object.fromEntries([[path, { $in: rows.map((row) => toBson(valueAt(row, path), of)) }]])];
  });
}
