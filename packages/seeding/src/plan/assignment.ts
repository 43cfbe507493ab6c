import type { ForeignKey, Table } from '@datamaker/connectors';
import type { FactsByColumn } from '../schema-to-template/column-facts.ts';
import type { Present } from './key-shape.ts';
import type { FanOut } from './seed-options.ts';
import type { PlanProblem } from './seed-plan.ts';

/** What keys are assigned by. */
export interface Assignment {
  readonly table: Table;
  readonly facts: FactsByColumn;
  /** Pairs of columns that are never the same. */
  readonly unlike: readonly (readonly [string, string])[];
  readonly present: Present;
  readonly seed: string;
  /** How many rows: so many, or so many for each row of the parent. */
  readonly rows: number | FanOut;
  /** Rows of tables that may be referred to; undefined: not known yet, since it comes later. */
  readonly rowsOf: (id: string) => number | undefined;
  /** Of rows of another table that are the same in some columns, how many there are at least. */
  readonly fewestAlike: (id: string, columns: readonly string[]) => number;
  /** Columns that other tables refer to. */
  readonly referenced: ReadonlySet<string>;
  /** Columns of texts that get codes, since other texts would not be told apart. */
  readonly coded: ReadonlySet<string>;
  readonly later: ReadonlySet<ForeignKey>;
  readonly deferred: ReadonlySet<ForeignKey>;
  /** The name of the foreign key by which rows are counted, or one of its columns. */
  readonly parent: string | undefined;
  readonly report: (problem: PlanProblem) => void;
}
