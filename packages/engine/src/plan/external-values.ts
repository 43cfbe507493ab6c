/** Values of one field, in the order in which rows have them. */
export interface GivenColumn {
  /** The row of the field's own level that each value is of: a child of a list has a number of its own. */
  readonly indices: readonly number[];
  readonly values: readonly unknown[];
}

/** Values of the fields that are made outside of the engine, by the paths of the fields. Data: it can be sent to a thread. */
export type ExternalValues = Readonly<Record<string, GivenColumn>>;
