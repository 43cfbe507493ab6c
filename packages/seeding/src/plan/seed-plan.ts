import type { TableName } from '@datamaker/connectors';
import type { TemplateDocument } from '@datamaker/engine/import';
import type { TableKeys } from '../keys/key-rules.ts';

/** What is going to be written: data only, so that it can be shown, kept and read again. Rows follow from it alone. */
export interface SeedPlan {
  readonly seed: string;
  /** What "now" means in templates, in milliseconds since the epoch. */
  readonly now: number;
  /** In the order of writing. */
  readonly tables: readonly TablePlan[];
  /** Whether constraints have to be put off to the end of one transaction. */
  readonly needsDeferred: boolean;
  /** What is not kept or not understood, by name. */
  readonly problems: readonly PlanProblem[];
}

export interface TablePlan extends TableKeys {
  readonly table: TableName;
  /** All other columns that are given a value; null: there are none. */
  readonly template: TemplateDocument | null;
  /** Changed until no unique column of the template meets what is there already. */
  readonly salt: number;
  /** Columns that are given a value: those of keys first, then those of the template. */
  readonly columns: readonly string[];
  /** Columns that are null until all rows are there. */
  readonly later: readonly string[];
  /** What tells rows apart; empty: nothing does. */
  readonly identity: readonly string[];
  /** Columns with a counter, and the last number that is used of it. */
  readonly counters: readonly { readonly column: string; readonly last: string }[];
  /** Columns of bytes: a text is given its bytes in UTF-8. */
  readonly binary: readonly string[];
  /** Columns whose values the database writes in a form of its own: they are not compared. */
  readonly uncompared: readonly string[];
  /** Whether the table keeps no transactions: rows before an error stay. */
  readonly isLoose?: boolean;
}

export interface PlanProblem {
  /** Stable: `check_not_understood`, `few_rows`, `cycle`, … */
  readonly code: string;
  /** `public.order.total`, `public.order`. */
  readonly subject: string;
  readonly message: string;
  /** Whether rows of the table are likely to be refused; such a table is left out. */
  readonly blocks: boolean;
}
