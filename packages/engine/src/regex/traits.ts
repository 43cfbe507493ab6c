import { type CharSet, NO_CHARS } from './char-set.ts';

/** What ambiguity.ts knows of the texts of a node; every set may be too large, never too small. */
export interface Traits {
  readonly minLength: number;
  readonly maxLength: number;
  /** Characters a text may start with. */
  readonly first: CharSet;
  /** The characters at the first few places; no text is shorter than this list. */
  readonly prefix: readonly CharSet[];
  /** Characters that may follow a whole text of this node within a longer text of it. */
  readonly extend: CharSet;
  /** Every character that may occur. */
  readonly alphabet: CharSet;
  readonly ambiguous: boolean;
}

/** Those of the empty text. */
export const EMPTY_TRAITS: Traits = {
  minLength: 0,
  maxLength: 0,
  first: NO_CHARS,
  prefix: [],
  extend: NO_CHARS,
  alphabet: NO_CHARS,
  ambiguous: false,
};

/** Places a prefix holds: enough for numeric ranges such as 25[0-5]|2[0-4]\d. */
export const MAX_PREFIX = 6;

export function isFixed(traits: Traits): boolean {
  return traits.minLength === traits.maxLength;
}

export function isNullable(traits: Traits): boolean {
  return traits.minLength === 0;
}
