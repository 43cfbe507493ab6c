import type { Draft } from './measure-field.ts';
import type { Place } from './notices.ts';

/** What values of a column are, whatever the source calls it. `any` is what the source does not say. */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'uuid'
  | 'binary'
  | 'json'
  | 'object'
  | 'array'
  | 'any';

/** A column, property or field as every reader describes it; `toField` makes a template's field of it. */
export interface ImportedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly place: Place;
  /** The type as the source writes it, for notices. */
  readonly declared?: string;
  readonly nullable?: boolean;
  /** Percent; where it is known how many are null. */
  readonly nullPercentage?: number;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
  /** Counted up by the database. */
  readonly generated?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Digits in all, and behind the point. */
  readonly precision?: number;
  readonly scale?: number;
  readonly min?: number;
  readonly max?: number;
  /** Bounds of dates and moments, ISO 8601. */
  readonly earliest?: string;
  readonly latest?: string;
  /** The only values there are, with how often each comes. */
  readonly values?: readonly unknown[];
  readonly weights?: readonly number[];
  /** What texts are, by the names of JSON Schema: `email`, `uri`, `ipv4` and so on. */
  readonly format?: string;
  readonly pattern?: string;
  /** Share of true. */
  readonly probability?: number;
  readonly references?: { readonly entity: string; readonly column?: string };
  /** Of an object, or of the objects in a list. */
  readonly columns?: readonly ImportedColumn[];
  /** Of a list. */
  readonly items?: ImportedColumn;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** A text that stands for what no field type makes: an empty PostgreSQL array, a piece of XML. */
  readonly literal?: unknown;
  /** The field that the source itself means, where it is a list of fields: goes before what its kind and its name suggest. */
  readonly field?: Draft;
}

/** A table, model, record or schema. */
export interface ImportedEntity {
  readonly name: string;
  readonly place: Place;
  readonly columns: readonly ImportedColumn[];
}
