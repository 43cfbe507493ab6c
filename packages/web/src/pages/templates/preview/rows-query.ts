import { queryOptions } from '@tanstack/react-query';
import { engineUntil } from '../../../engine/engine.ts';
import type { Rows, Source } from '../../../engine/protocol.ts';

/** Values of a page: more rows of few fields, fewer rows of many, so that a page costs about the same. */
const VALUES = 20_000;
const MOST_ROWS = 200;
const FEWEST_ROWS = 20;

/** Rows that are made together. @param fields of a row */
export const pageOf = (fields: number): number =>
  Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(VALUES / Math.max(1, fields))));

/** The seed of those who have not chosen one. */
export const SEED = 'preview';

let sources = 0;
const keys = new WeakMap<Source, number>();

/** A short name for a source, the same for the same object: a template of thousands of fields is no key that one compares. */
export function keyOf(source: Source): number {
  const kept = keys.get(source);
  if (kept !== undefined) return kept;
  keys.set(source, ++sources);
  return sources;
}

/** Rows of a source, from one on; they are not begun when they have left the page before their turn. */
export const rowsQuery = (source: Source, from: number, rows: number) =>
  queryOptions({
    queryKey: ['rows', keyOf(source), from, rows],
    queryFn: async ({ signal }): Promise<Rows> => {
      const made = await engineUntil(signal, 'rows', source, from, from + rows);
      return made.ok ? { ...made, rows: JSON.parse(made.text) } : made;
    },
    // Nothing is looked for in the rows of before that these could share.
    structuralSharing: false,
    gcTime: 5_000,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
