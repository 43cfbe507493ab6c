import type { Expression } from '../expression/index.ts';
import type { FieldType, Options } from '../types/field-type.ts';
import type { Weighting } from '../types/weighting.ts';

/** A parsed template: every name known, every option checked, nested templates resolved. */
export interface Template {
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  /** JSON pointer to the field in the document it came from. */
  readonly pointer: string;
  readonly type: FieldType;
  readonly options: Options;
  readonly common: CommonOptions;
  /** For type `template`. */
  readonly nested?: Nested;
  /** For types made of other fields: an item, cases by key, the field referred to. */
  readonly parts?: readonly Part[];
  /** For type `derived`. */
  readonly expression?: Expression;
}

/** A field that another is made of. */
export interface Part {
  /** Of a switch: the other field's value. */
  readonly key: string;
  readonly field: Field;
}

export interface CommonOptions {
  /** Percent. */
  readonly nullPercentage: number;
  readonly unique: boolean;
  readonly locale: string | undefined;
  readonly weighting: Weighting;
  readonly sensitive: boolean;
  /** Which of several persons, places or things of a row the field belongs to. */
  readonly group: string | undefined;
}

export interface Nested {
  readonly array: boolean;
  readonly count: { readonly min: number; readonly max: number };
  /** Empty where a recursion ends: then the value is null, or the list empty. */
  readonly fields: readonly Field[];
  readonly ended: boolean;
}
