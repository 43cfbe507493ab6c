/** What the rules of a table say of a column beyond its type. */
export interface ColumnFacts {
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly values?: readonly (string | number | boolean)[];
  /** A regular expression that texts match. */
  readonly pattern?: string;
  /** Bounds of dates and moments, ISO 8601. */
  readonly earliest?: string;
  readonly latest?: string;
  readonly isNull?: boolean;
  readonly notNull?: boolean;
  readonly letters?: 'upper' | 'lower';
}

export type FactsByColumn = ReadonlyMap<string, ColumnFacts>;
