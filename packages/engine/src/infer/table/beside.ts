import { type Guess, kind } from '../rules/guess.ts';
import type { TableContext } from './table-context.ts';

/** A guess by what stands beside a column. */
export const of = (type: string, confidence: number, reason: string, description: string): Guess => ({
  ...kind('label'),
  type,
  options: {},
  confidence,
  reason,
  description,
  source: 'table',
});

/** Whether one of these columns is in the table. */
export const has = (context: TableContext, ...columns: readonly string[]): boolean =>
  columns.some((column) => context.columns.has(column));
/** Whether the table or the hint speaks of one of these. */
export const isAbout = (context: TableContext, ...words: readonly string[]): boolean =>
  words.some((word) => context.subject.has(word));
