import type { Cursors } from '../security/cursor.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** Which page of a list; `scope` names list, tenant and filters, and what it does not name gives the same list. */
export interface PageRequest {
  readonly cursors: Cursors;
  readonly scope: string;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/**
 * A page of a list that is in order of creation, the newest first.
 * @param list so many items before a place in that order
 * @throws ApiError invalid_cursor
 */
export async function pageOf<T extends { readonly ordinal: string }>(
  { cursors, scope, limit, cursor }: PageRequest,
  list: (limit: number, before: string | undefined) => Promise<readonly T[]>,
  count: () => Promise<number>,
): Promise<Page<T>> {
  const before = cursor === undefined ? undefined : cursors.decode(scope, cursor);
  const found = await list(limit + 1, before);
  const total = await count();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = found.length > limit && last !== undefined ? cursors.encode(scope, last.ordinal) : null;
  return { items, nextCursor, total };
}
