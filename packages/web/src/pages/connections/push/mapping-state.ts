import type { Column, Table } from '../../../api/connection-types.ts';

/** The column of each field; null: the field is left out. */
export type Mapping = Readonly<Record<string, string | null>>;

/** What becomes of a column that no field goes into. */
export interface LeftOut {
  readonly column: string;
  readonly says: string;
  /** Whether rows are refused without it. */
  readonly isNeeded: boolean;
}

/** Columns that no field goes into, as the server judges them. */
export function leftOutOf(mapping: Mapping, { columns }: Table): LeftOut[] {
  const used = new Set(Object.values(mapping));
  return columns.filter(({ name }) => !used.has(name)).map((column) => ({ column: column.name, ...sayOf(column) }));
}

function sayOf({ generated, default: preset, nullable }: Column): Omit<LeftOut, 'column'> {
  if (generated !== null) return { says: 'the system makes it', isNeeded: false };
  if (preset !== null) return { says: 'gets its default', isNeeded: false };
  return nullable ? { says: 'is null', isNeeded: false } : { says: 'is needed', isNeeded: true };
}

/** Columns that more than one field goes into. */
export function twiceIn(mapping: Mapping): string[] {
  const counts = new Map<string, number>();
  for (const column of Object.values(mapping)) if (column !== null) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts].flatMap(([column, count]) => (count > 1 ? [column] : []));
}

/** What a field may go into: columns that take values, rows that go in within a row, and, where rows may have more than is described, its own name. */
export function choicesOf(field: string, chosen: string | null, table: Table): string[] {
  const open = table.columns.filter(({ generated }) => generated !== 'always').map(({ name }) => name);
  const nested = (table.nested ?? []).map(({ name }) => name);
  const more = [...(table.isOpen === true ? [field] : []), ...(chosen === null ? [] : [chosen])];
  return [...new Set([...open, ...nested, ...more])];
}

/** The same mapping with another column for a field. Also of a field that is called `__proto__`. */
export const withColumn = (mapping: Mapping, field: string, column: string | null): Mapping =>
  Object.fromEntries(Object.entries(mapping).map(([name, before]) => [name, name === field ? column : before]));
