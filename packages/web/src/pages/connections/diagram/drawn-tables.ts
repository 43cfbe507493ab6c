import type { Table } from '../../../api/connection-types.ts';
import { keyOf } from './lay-out.ts';

/** Tables of one picture; of more, those around one of them are drawn. */
export const MOST_DRAWN = 80;

/** Which tables are drawn. */
export interface Drawn {
  readonly tables: readonly Table[];
  /** The one that the others are around; undefined: all are drawn. */
  readonly middle: Table | undefined;
  /** Whether there are tables that are not drawn. */
  readonly isPart: boolean;
}

/**
 * @param name of the table that is asked for; undefined: all, or those around the one with most keys where there are too many
 * @param schema undefined: the first of that name
 */
export function drawnOf(tables: readonly Table[], name?: string, schema?: string): Drawn {
  const asked = tables.find((table) => table.name === name && (schema === undefined || table.schema === schema));
  const middle = asked ?? (tables.length > MOST_DRAWN ? mostReferred(tables) : undefined);
  const drawn = (middle === undefined ? tables : around(tables, middle)).slice(0, MOST_DRAWN);
  return { tables: drawn, middle, isPart: drawn.length < tables.length };
}

/** A table, and then those that it refers to and those that refer to it, in the order of all. */
export function around(tables: readonly Table[], middle: Table | undefined): Table[] {
  if (middle === undefined) return [];
  const key = keyOf(middle);
  const near = new Set(middle.foreignKeys.map(({ to }) => keyOf(to)));
  const refers = ({ foreignKeys }: Table): boolean => foreignKeys.some(({ to }) => keyOf(to) === key);
  const others = tables.filter((table) => keyOf(table) !== key && (near.has(keyOf(table)) || refers(table)));
  return [middle, ...others];
}

function mostReferred(tables: readonly Table[]): Table | undefined {
  const counts = new Map<string, number>();
  for (const { foreignKeys } of tables) {
    for (const { to } of foreignKeys) counts.set(keyOf(to), (counts.get(keyOf(to)) ?? 0) + 1);
  }
  const countOf = (table: Table): number => counts.get(keyOf(table)) ?? 0;
  return tables.reduce<Table | undefined>(
    (most, table) => (most === undefined || countOf(table) > countOf(most) ? table : most),
    undefined,
  );
}
