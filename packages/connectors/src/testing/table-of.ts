import type { Column, Table } from '../schema/schema.ts';

/** A table without keys or rules, but for the facts that are given. */
export const tableOf = (name: string, columns: readonly Column[], facts: Partial<Table> = {}): Table => ({
  schema: 'public',
  name,
  comment: null,
  columns,
  primaryKey: null,
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  rowEstimate: null,
  ...facts,
});
