/** The rules that a row can break; the order is the order they are looked at (docs/how-to/make-wrong-rows.md). */
export const RULES = [
  'required',
  'type',
  'length',
  'enum',
  'pattern',
  'checksum',
  'range',
  'reference',
  'unique',
] as const;
export type Rule = (typeof RULES)[number];

/** How the value of a field is made wrong, or put at a bound: data, so that it can be sent to a worker thread. */
export type Edit =
  /** One of these values, whatever the row has. */
  | { readonly do: 'set'; readonly values: readonly unknown[] }
  /** `start + direction * k`, for a k in [0, spread), in the unit of the form. */
  | {
      readonly do: 'step';
      readonly form: StepForm;
      readonly start: number;
      readonly direction: 1 | -1;
      readonly spread: number;
    }
  /** A whole number gets a fraction. */
  | { readonly do: 'fraction' }
  /** A number gets one more digit behind the point than `decimals`. */
  | { readonly do: 'decimals'; readonly decimals: number }
  /** Another character of the same kind (digit, capital, small letter) at a place; negative places count from the end. */
  | { readonly do: 'change'; readonly at: number }
  /** A character is put at a place in place of what stands there; negative places count from the end. */
  | { readonly do: 'put'; readonly at: number; readonly text: string }
  | { readonly do: 'append'; readonly text: string }
  /** The first `find` becomes `by`. */
  | { readonly do: 'replace'; readonly find: string; readonly by: string }
  /** Cut to so many characters, or its last character repeated. */
  | { readonly do: 'length'; readonly to: number }
  /** One character is changed so that the text does not match the pattern any more, else the text given. */
  | { readonly do: 'unmatch'; readonly pattern: string; readonly otherwise: string }
  /** A text of a length that matches the pattern. */
  | { readonly do: 'match'; readonly pattern: string; readonly length: number }
  /** So many parts: its own, repeated. */
  | { readonly do: 'parts'; readonly separator: string; readonly close: string; readonly to: number }
  /** The list with so many items. */
  | { readonly do: 'count'; readonly to: number }
  /** The value that the field has in an earlier row. */
  | { readonly do: 'duplicate' };

/** What a step counts: `decimals` digits behind the point, days since the epoch, milliseconds or seconds since it, seconds of a day. */
export type StepForm =
  | { readonly kind: 'number'; readonly decimals: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'datetime'; readonly precision: 'seconds' | 'milliseconds' }
  | { readonly kind: 'time' };

/** One way in which one field is wrong, or stands at a bound. */
export interface Case {
  /** Path of the field with dots, `[]` behind the names of lists: `items[].price`. */
  readonly field: string;
  /** The objects and lists around it, from the outside. */
  readonly around: readonly { readonly name: string; readonly list: boolean }[];
  readonly name: string;
  readonly rule: Rule;
  /** How it is broken, in a few words: `below min`. */
  readonly variant: string;
  /** Whether the rule holds after all: rows at a bound in mode `boundary`. */
  readonly holds: boolean;
  readonly edit: Edit;
}

/** What turns the rows of a plan into wrong ones. */
export interface NegativePlan {
  readonly mode: 'negative' | 'boundary';
  /** Broken rows in 10,000. */
  readonly share: number;
  readonly cases: readonly Case[];
  /** The column that says what is wrong; undefined for none. */
  readonly labelColumn: string | undefined;
}

/** What is wrong with a row, or which bound it stands at. */
export interface Label {
  /** Number of the row, from 0. */
  readonly row: number;
  /** Path of the field, with the number of the item: `items[2].price`. */
  readonly field: string;
  readonly rule: Rule;
  readonly variant: string;
  /** Whether the rule holds: true only for rows at the right side of a bound. */
  readonly holds: boolean;
  /** The value the field has. */
  readonly value: unknown;
}
