import type { Int, Program } from '../plan/program.ts';
import type { Diagnostic } from '../template/diagnostic.ts';
import type { LocaleLists } from './locale-lists.ts';
import type { TypeRules } from './type-rules.ts';

/** The families of the catalogue, in the order they are listed. */
export const FAMILIES = [
  'structure',
  'number',
  'date and time',
  'person',
  'contact',
  'address',
  'internet',
  'finance',
  'commerce',
  'business',
  'identity',
  'vehicles',
  'health',
  'text',
  'files and media',
  'science',
  'colours',
  'sap',
  'technical',
] as const;
export type Family = (typeof FAMILIES)[number];

/** What values an option takes. */
export type OptionKind =
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'string'; readonly maxLength?: number; readonly minLength?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  /** A number, or { min, max }. */
  | { readonly kind: 'count'; readonly min: number; readonly max: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'datetime' }
  | { readonly kind: 'time' }
  | { readonly kind: 'list' }
  | { readonly kind: 'weights' }
  | { readonly kind: 'any' }
  /** Fields of an inline template; parsed by the template parser. */
  | { readonly kind: 'fields' }
  /** A field without a name, `{ type, options? }`; parsed by the template parser. */
  | { readonly kind: 'field' }
  /** An object of any keys, whose values have a kind. */
  | { readonly kind: 'map'; readonly of: 'any' | 'field' | 'next states' };

export type OptionSpec = OptionKind & {
  readonly summary: string;
  readonly default?: unknown;
  readonly required?: boolean;
  readonly aliases?: readonly string[];
};

/** What fields of a row can agree on: the coherence groups. */
export type Thing =
  | 'person'
  | 'place'
  | 'company'
  | 'card'
  | 'vehicle'
  | 'order'
  | 'employment'
  | 'product'
  | 'diagnosis'
  | 'specimen'
  | 'client'
  | 'course';

/** What a type's `build` may use. */
export interface BuildContext {
  /**
   * A value in [0, below): drawn, or for a `unique` field a digit of the row's place in the permutation, so that no two
   * rows make the same choices. A field is unique only if different choices give different texts.
   */
  choose(below: number): Int;
  /** Like `choose`, but the same for all fields of the coherence group that ask for the slot. Alone when unique. */
  shared(thing: Thing | `sample ${string}` | `reference ${string}`, slot: number, below: number): Int;
  /** Like `shared`, also when the field is unique. */
  member(thing: Thing | `sample ${string}` | `reference ${string}`, slot: number, below: number): Int;
  /** A value that plays no part in uniqueness. */
  draw(below: number): Int;
  readonly unique: boolean;
  readonly lists: LocaleLists;
  /** Read only where it is used: what is read is what the plan depends on. */
  readonly clock: Moment;
}

/** What `"now"` means. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The day in UTC, counted from the epoch: to be preferred, since a plan that reads no more holds all day. */
  readonly today: number;
}

/** Options after validation: known names only, aliases resolved, defaults filled in, kinds right. */
export type Options = Readonly<Record<string, unknown>>;

/** What is wrong with a combination of options; `option` is where the pointer goes. */
export interface OptionProblem extends Pick<Diagnostic, 'message' | 'hint'> {
  readonly option: string;
  readonly code?: string;
}

/** A field type: declared once, here its whole truth. */
export interface FieldType {
  /** snake_case, stable: templates name it. */
  readonly key: string;
  readonly label: string;
  readonly family: Family;
  readonly summary: string;
  readonly aliases?: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** A value as it may look. */
  readonly example: unknown;
  /** Options under which `example`-like values appear, for docs and tests; needed where an option is required. */
  readonly exampleOptions?: Options;
  /** Other fields that the example refers to. */
  readonly exampleFields?: readonly { readonly name: string; readonly type: string; readonly options?: Options }[];
  /** What runs it outside the engine, where the engine cannot make its values. */
  readonly external?: 'python' | 'http' | 'sql' | 'model';
  /** Whether `locale` changes its values. */
  readonly localised?: boolean;
  /** Marked sensitive unless the template says otherwise. */
  readonly sensitive?: boolean;
  /** Its values are the same for every seed. */
  readonly seedless?: boolean;
  /** Why `unique` cannot be had, where it cannot. */
  readonly notUnique?: string;
  /** Why the type yields fewer than a million values a second, where it does. */
  readonly slow?: string;
  check?(options: Options): readonly OptionProblem[];
  /**
   * What right values look like, so that wrong ones can be made on purpose. Bounds (`min`, `max`), decimals, list values and
   * the kind of value are known from options and program, and need not be said here.
   * @param country of the field's locale, null where it has none
   */
  rules?(options: Options, country: string | null): TypeRules;
  /** The program of a field. Types made of other fields (template, derived) are built by the compiler and lack it. */
  build?(options: Options, context: BuildContext): Program;
}

export const defineType = (type: FieldType): FieldType => type;
