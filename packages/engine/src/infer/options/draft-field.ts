import type { Reading } from '../parse-name/reading.ts';
import type { Guess } from '../rules/guess.ts';
import type { TableContext } from '../table/table-context.ts';

/** A field in the making: its best guess, which the passes over the table refine. */
export interface DraftField {
  readonly name: string;
  readonly reading: Reading;
  guess: Guess;
  alternatives: readonly Guess[];
}

/** A pass over the fields of a table: it may change what any of them became, knowing all. */
export type TablePass = (fields: readonly DraftField[], context: TableContext) => void;

/** Gives a field more options, and says why. */
export function withOptions(field: DraftField, options: Readonly<Record<string, unknown>>, why?: string): void {
  const { guess } = field;
  field.guess = {
    ...guess,
    options: { ...guess.options, ...options },
    ...(why === undefined ? {} : { reason: `${guess.reason}; ${why}` }),
  };
}
