/** Columns of a table as they were given. */
export interface Columns {
  /** What messages call the source: a file, `<stdin>` or `the command line`. */
  readonly source: string;
  readonly names: readonly string[];
  /** The first rows, by column; as many as there are, but at most so many as were asked for. */
  readonly rows: readonly ReadonlyMap<string, unknown>[];
}

/** What is read of a source. */
export interface ReadLimits {
  /** Rows that are wanted. */
  readonly rows: number;
  /** Sheet of a spreadsheet. */
  readonly sheet: string | undefined;
}
