import type { Draft } from './measure-field.ts';

/** A field of lists of plain values. */
export const listField = (items: Draft, count: { min: number; max: number }): Draft => ({
  type: 'array',
  options: { of: { type: items.type, options: items.options }, count },
});
