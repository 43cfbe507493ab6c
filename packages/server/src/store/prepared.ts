import { sql } from 'kysely';
import type pg from 'pg';

const MARK = '/* prepared */';

/**
 * Stands first in a statement that requests make over and over, with its values as parameters: each connection has it planned once
 * where `prepareMarked` was called, and anew each time elsewhere. A text is kept for good, so it must be one of few.
 */
export const PREPARED = sql.raw(MARK);

/** By text. Names are of one connection, but the same on all. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `datamaker_${names.size + 1}`;
    names.set(text, name);
  }
  return name;
}

/** Has a connection keep the plans of marked statements. For connections that are to one PostgreSQL session as long as they last. */
export function prepareMarked(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const preparing = (text: unknown, values: unknown, ...rest: unknown[]): unknown =>
    typeof text === 'string' && text.trimStart().startsWith(MARK)
      ? query({ name: nameOf(text), text, values }, ...rest)
      : query(text, values, ...rest);
  client.query = preparing as typeof client.query;
}
