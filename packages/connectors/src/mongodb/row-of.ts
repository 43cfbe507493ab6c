import type { Document } from 'mongodb';
import type { Row, Value } from '../value.ts';
import { fieldPath, valueAt } from './filter.ts';
import { fromBson } from './from-bson.ts';

/** What is to be read: of two paths, one inside the other, the server takes none but the outer. */
export function projectionOf(columns: readonly string[]): Document {
  const paths = new Set(columns.map(fieldPath));
  const outer = [...paths].filter((path) => {
    const parts = path.split('.');
    return !parts.some((_, i) => i > 0 && paths.has(parts.slice(0, i).join('.')));
  });
  return Object.fromEntries([['_id', paths.has('_id') ? 1 : 0], ...outer.map((path) => [path, 1])]);
}

/**
 * A document as a row.
 * @param isOpen whether what the document has besides goes along
 */
export function rowOf(document: Document, names: readonly string[], isOpen: boolean): Row {
  const plain = (name: string): Value => fromBson(valueAt(document, name));
  const entries = names.map((name) => [name, plain(name)] as const);
  if (!isOpen) return Object.fromEntries(entries);
  const known = new Set(names);
  return Object.fromEntries([
    ...entries,
    ...Object.keys(document).flatMap((name) => (known.has(name) ? [] : [[name, plain(name)] as const])),
  ]);
}

/** Tells documents apart by their key. */
export const identity = (document: Document, key: readonly string[]): string =>
  JSON.stringify(key.map((path) => String(fromBson(valueAt(document, path)))));
