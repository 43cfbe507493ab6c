import type { Strategy } from '@datamaker/engine';

/** What was written, and how it was looked at afterwards. Holds no value. */
export interface MaskReport {
  readonly tables: readonly MaskedTable[];
  /** Foreign keys that were followed; all lead to a row. */
  readonly joins: number;
}

export interface MaskedTable {
  readonly table: string;
  readonly rows: number;
  /** Of all rows, in any order, as they were read back. */
  readonly checksum: string;
  readonly columns: readonly ColumnReport[];
}

export interface ColumnReport {
  readonly column: string;
  readonly strategy: Strategy;
  /** Type of the fakes of `replace`. */
  readonly type?: string;
  readonly values: number;
  readonly nulls: number;
  /** Values whose mask is by chance themselves. */
  readonly unchanged: number;
  /** Values of the source that were looked for in the column, and how many were found: one at most, which is the mask of another by chance. */
  readonly lookedFor: number;
  readonly found: number;
}
