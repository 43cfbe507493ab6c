import type { Column, ForeignKey, Table, TableName } from '@datamaker/connectors';
import type { MaskRule, Strategy } from '@datamaker/engine';

/** What keeps a database from being masked, or is worth knowing before. */
export interface MaskProblem {
  /** Stable, snake_case. */
  readonly code: string;
  /** A table, a column or a constraint, by name. */
  readonly subject: string;
  readonly message: string;
  readonly hint?: string;
  /** JSON pointer into the policy, where it is about that. */
  readonly pointer?: string;
}

/** A column that is copied. */
export interface ColumnPlan {
  readonly column: Column;
  /** `public.customer.email`. */
  readonly id: string;
  /** What kind of personal data it holds and why that is thought: `email, by its name`; undefined: none is seen. */
  readonly personal: string | undefined;
  /** Undefined: copied as it is. Columns that refer to each other have the same. */
  readonly rule: MaskRule | undefined;
  /** Type of the fakes of `replace`. */
  readonly fakeType: string | undefined;
  /** Why it is masked as it is: `policy`, `like public.customer.id`. */
  readonly reason: string;
  /** The column of the group that stands for all; columns of one group hold the same values. */
  readonly group: string;
}

/** What a line of a policy would say of a column that is named nowhere. */
export interface Suggestion {
  readonly field: string;
  readonly strategy: Strategy;
  readonly type?: string;
}

export interface TableMask {
  readonly id: string;
  readonly table: Table;
  /** Those that the database does not compute by itself. */
  readonly columns: readonly ColumnPlan[];
  readonly rows: number;
  /** Columns that are null until all rows are there, in circles of tables. */
  readonly later: readonly string[];
}

export interface MaskPlan {
  /** Parents before children. */
  readonly tables: readonly TableMask[];
  /** With any of these nothing is written. */
  readonly problems: readonly MaskProblem[];
  /** What may make the database refuse rows, or is not looked at. */
  readonly notes: readonly MaskProblem[];
  /** For personal columns that the policy does not name. */
  readonly suggestions: readonly Suggestion[];
  /** Foreign keys of the destination that are checked at its end for the time of the transaction. */
  readonly loosened: readonly { readonly table: TableName; readonly name: string }[];
  /** Foreign keys of the tables, also those between them that no order could hold. */
  readonly keys: readonly { readonly table: Table; readonly key: ForeignKey }[];
}
