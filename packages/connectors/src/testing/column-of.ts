import type { Column } from '../schema/schema.ts';

/** A column as introspection would describe it: text that may be null, but for the facts that are given. */
export const columnOf = (name: string, facts: Partial<Column> = {}): Column => ({
  name,
  kind: 'text',
  type: facts.kind ?? 'text',
  dimensions: 0,
  nullable: true,
  maxLength: null,
  isPadded: false,
  precision: null,
  scale: null,
  values: null,
  default: null,
  generated: null,
  comment: null,
  ...facts,
});
