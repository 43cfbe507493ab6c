import { type Column, parsePostgresValue, type Value } from '@datamaker/connectors';

/** An element in quotes, or what stands between elements. */
const SPACED = /"(?:\\.|[^"\\])*"|\s*([,;{}])\s*/gs;

/** A column of what a list holds. */
export const elementOf = (column: Column): Column => ({ ...column, dimensions: 0, nullable: true });

/**
 * A value of a column of lists as a list: it may have been given as PostgreSQL writes it, `{1,2}`.
 * @returns undefined: it is none
 */
export function asList(column: Column, value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value as readonly Value[];
  if (typeof value !== 'string' || !/^\s*[[{].*\}\s*$/s.test(value)) return undefined;
  // Spaces between elements say nothing.
  const text = value.replaceAll(SPACED, (part, sign?: string) => sign ?? part);
  return parsePostgresValue(text, column) as readonly Value[];
}
