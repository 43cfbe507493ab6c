import type { Column } from '../schema/schema.ts';
import type { Value } from '../value.ts';

/** How a relational system writes what SQL leaves open. */
export interface Dialect {
  /**
   * A name as it stands in a statement.
   * @throws ConnectionError not_found, for what cannot be a name there: one that is empty, too long or has a NUL
   */
  quote(name: string): string;
  /** A parameter in a statement, for a value of a column. @param position from 1 */
  parameter(position: number, column: Column): string;
  /** Most parameters of one statement. */
  readonly maxParameters: number;
  /** Most values of one insert, where it is not `maxParameters`. */
  readonly maxInsertValues?: number;
  /** What is asked for to get a column in the form that `fromDriver` knows. @param name quoted */
  readonly selected?: (name: string, column: Column) => string;
  /** Whether `(a, b) IN ((1, 2), (3, 4))` is understood, and looked up by an index of both; undefined: no. */
  readonly comparesRows?: boolean;
  /** The first rows of a query only. */
  limited(select: string, rows: number): string;
  /** A value as the driver takes it for a column. @throws ConnectionError value, naming the column and showing nothing of the value */
  toDriver(value: Value, column: Column): unknown;
  /** What the driver gave for a column, never null, in the form that all systems share. */
  fromDriver(raw: unknown, column: Column): Value;
}
