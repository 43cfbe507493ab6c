import { ConnectionError } from '../connection-error.ts';
import type { Table } from '../schema/schema.ts';
import type { BatchOutcome, OnConflict } from '../session.ts';
import { DUPLICATE_KEY, type WriteReply } from './commands.ts';
import type { DocumentBatch } from './document-batches.ts';

/**
 * The fields that tell rows apart: those that are named, the primary key where nothing else is said and a row may well have one, or the
 * one unique index.
 * @throws ConnectionError not_found
 */
export function keyOf(table: Table, onConflict: OnConflict, wanted: readonly string[] | undefined): readonly string[] {
  if (onConflict === 'fail') return [];
  const unique = table.uniqueKeys.filter(({ condition }) => condition === null).map(({ columns }) => columns);
  const keys = [['_id'], ...unique];
  if (wanted === undefined) {
    if (onConflict === 'skip') return [];
    const [only] = unique;
    return unique.length === 1 && only !== undefined ? only : ['_id'];
  }
  const found = keys.some((key) => key.length === new Set(wanted).size && key.every((name) => wanted.includes(name)));
  if (found) return wanted;
  throw new ConnectionError('not_found', `the collection ${table.name} has no unique index of ${wanted.join(', ')}`, {
    hint: `its keys are ${keys.map((key) => `(${key.join(', ')})`).join(' ')}`,
  });
}

/** Rows that were there already. */
export function leftOut(
  { writeErrors = [], upserted = [] }: WriteReply,
  { rows }: DocumentBatch,
  { onConflict, key }: { onConflict: OnConflict; key: readonly string[] },
): ReadonlySet<number> {
  if (onConflict !== 'skip') return new Set();
  if (key.length === 0)
    return new Set(writeErrors.filter(({ code }) => DUPLICATE_KEY.has(code)).map(({ index }) => index));
  const made = new Set(upserted.map(({ index }) => index));
  const refused = writeErrors[0]?.index ?? rows.length;
  return new Set([...rows.keys()].filter((index) => index < refused && !made.has(index)));
}

/** Rows that the server says it has kept. */
export const writtenOf = (
  { n, upserted }: WriteReply,
  { onConflict, key }: { onConflict: OnConflict; key: readonly string[] },
): number => (onConflict === 'skip' && key.length > 0 ? (upserted?.length ?? 0) : n);

/** Of a batch of which nothing was refused. */
export const outcome = ({ rows }: DocumentBatch, left: ReadonlySet<number>): Omit<BatchOutcome, 'returned'> => ({
  sent: rows.length,
  written: rows.length - left.size,
  skipped: left.size,
  failures: [],
});
