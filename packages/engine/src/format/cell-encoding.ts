import type { TextKind } from '../plan/program.ts';

/** What is known of the texts a field may produce, before any is produced. */
export interface TextFacts {
  /** Whether some literal or list entry of the text passes the test. Digits and the like never do. */
  some(test: (text: string) => boolean): boolean;
  readonly mayBeEmpty: boolean;
  /** Whether some text of the field might begin with a literal, list entry or minus sign that passes the test. */
  mayBeginWith(test: (text: string) => boolean): boolean;
  /** Whether some text of the field might end with a literal or list entry that passes the test. */
  mayEndWith(test: (text: string) => boolean): boolean;
}

export interface TextForm {
  readonly open: string;
  readonly close: string;
  /** Must act character by character: escape(a + b) = escape(a) + escape(b). */
  escape(text: string): string;
  /** What stands for a text that turns out empty; default: open and close. */
  readonly empty?: string;
  /** Texts that begin with one of these characters of the basic plane get the prefix, one ASCII character, before them. */
  readonly guard?: { readonly first: string; readonly prefix: string };
  /** Texts with ASCII white space at an end, or one of these ASCII characters in them, stand in double quotes. */
  readonly quotes?: { readonly special: string };
}

/** How a format writes a value into its place: a CSV cell, a JSON value, an SQL literal. */
export interface CellEncoding {
  readonly null: string;
  /** The tokens of false and true. */
  readonly boolean: readonly [string, string];
  text(kind: TextKind, facts: TextFacts): TextForm;
  /**
   * The form of texts that are written one by one as `value` writes them; undefined where that takes more than a form.
   * Default: what `text` says of strings.
   */
  whole?(facts: TextFacts): TextForm | undefined;
  /** Whether a text may be written in another way for what follows it, so that it is not the same in two pieces as in one. */
  mayGoOn?(text: string): boolean;
  /** A whole value known when compiling (constants, choices) or made in JavaScript (columns). */
  value(value: unknown): string;
  /** Whether lists of texts are kept without what their form opens and closes with: a format of long tags asks for it. */
  readonly framesTexts?: true;
  /** Whether dates, moments and times of day are serial numbers, as in spreadsheets; those that cannot be are of kind string. */
  readonly serialDates?: true;
  readonly structure: Structure;
}

export interface Enclosure {
  readonly open: string;
  readonly close: string;
}

/** How objects, and lists of objects, are written. */
export interface Structure {
  readonly object: Enclosure;
  readonly list: Enclosure & { readonly separator: string; readonly item: Enclosure };
  /** How a value of a list is written that is no object of known fields. */
  item(): CellEncoding;
  /** How JSON of any shape is written: what stands around it, and around each known value in it. */
  readonly document: Enclosure & { readonly encoding: () => CellEncoding };
  /** What stands before a member of an object, and how its value is written. */
  member(name: string, index: number): { readonly before: string; readonly encoding: CellEncoding };
}
