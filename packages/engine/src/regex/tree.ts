/**
 * What a pattern becomes: plain data, no cycles, ready for JSON or a structured clone. Normalised (normalise.ts): adjacent
 * texts are one, nothing has a single child that could stand for it, and only `text ''` gives the empty text alone, so
 * every turn of a repeat can add a character and the work of one text is bounded by its length.
 */
export type Node =
  | { readonly kind: 'text'; readonly value: string }
  /** One of these, equally likely: 2 to MAX_CLASS_CHARS distinct code points in ascending order. Equal classes share one array. */
  | { readonly kind: 'class'; readonly chars: readonly string[] }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  /** One of these, equally likely, whatever their size; the same option may stand twice and then weighs double. */
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  /** `min` to `max` turns, every number equally likely; 0 <= min <= max, max >= 1. */
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly min: number;
      readonly max: number;
    };

export interface Pattern {
  readonly root: Node;
  /** Shortest and longest text, in code points. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Longest text in bytes of UTF-8. */
  readonly maxBytes: number;
  /** Number of derivations (ways through the tree): a double, exact up to 2^53, Infinity beyond its range. */
  readonly count: number;
  /** False: every derivation gives a text of its own, so `count` is the number of texts. True: two may give the same. */
  readonly ambiguous: boolean;
}
