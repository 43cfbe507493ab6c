import type { Value } from '@datamaker/connectors';
import type { FieldDocument } from '@datamaker/engine/import';

/**
 * A whole number that is a function of the row: the row itself, its place among the children of one parent, or a digit of
 * either in a number system of mixed bases. Digits of all bases together tell rows apart.
 */
export type Source =
  | { readonly of: 'row' }
  | { readonly of: 'rank' }
  | { readonly of: 'row' | 'rank'; readonly stride: number; readonly size: number };

/** Which row of the other table a row refers to. */
export type Pick =
  /** Rows in turn: parents take `min` to `max` each, in a cycle that has every number once. */
  | { readonly how: 'dealt'; readonly min: number; readonly max: number; readonly parents: number }
  /** Rows in turn: each parent takes as many as the next, but one at most. */
  | { readonly how: 'even'; readonly rows: number; readonly parents: number }
  /** Row after row another parent, through all of them before one comes again. */
  | {
      readonly how: 'spread';
      readonly step: number;
      readonly offset: number;
      readonly parents: number;
      /** Whether no parent comes again: rows beyond have none. */
      readonly isOnce?: boolean;
    }
  /** Rows of this table: the first `roots` are nobody's children, the others take earlier rows in turn. */
  | { readonly how: 'tree'; readonly roots: number; readonly children: number; readonly root: 'null' | 'self' }
  /** A digit, shifted by the parent that a rank is counted in. */
  | { readonly how: 'digit'; readonly by: Source; readonly step: number; readonly parents: number }
  /** Another row than other links of the row refer to, in the same table. */
  | { readonly how: 'beside'; readonly links: readonly number[]; readonly by: Source; readonly parents: number }
  /** One of the rows that have the same in these columns as the row has already. */
  | {
      readonly how: 'matching';
      readonly on: readonly { readonly column: string; readonly toColumn: string }[];
      readonly parents: number;
      /** Which of them; undefined: any. */
      readonly by?: Source;
      /** Whether it is a row of the same table, and so an earlier one. */
      readonly isEarlier?: boolean;
    };

/** A foreign key of a table, and how rows keep it. */
export interface Link {
  readonly name: string;
  readonly columns: readonly string[];
  /** Id of the other table. */
  readonly to: string;
  readonly toColumns: readonly string[];
  readonly pick: Pick;
  /** Of so many rows one has null; 0: none. */
  readonly nullEvery: number;
  /** Whether it is null at first and filled when all rows are there: it is part of a circle. */
  readonly isLater: boolean;
}

/** What a column that is part of a key has in a row. */
export type KeyRule =
  /** Whole numbers, or decimals that are multiples of 10^-scale. */
  | { readonly kind: 'number'; readonly start: string; readonly scale: number; readonly by: Source }
  /** A text: a prefix, and the number in digits of an alphabet. */
  | {
      readonly kind: 'code';
      readonly prefix: string;
      readonly width: number;
      readonly alphabet: string;
      readonly by: Source;
    }
  /** @param prefix the first twenty hexadecimal digits */
  | { readonly kind: 'uuid'; readonly prefix: string; readonly by: Source }
  /** A second after the other, of one day. @param start seconds since midnight */
  | { readonly kind: 'time'; readonly start: number; readonly by: Source }
  | { readonly kind: 'date'; readonly start: string; readonly by: Source }
  /** A minute after the other. */
  | { readonly kind: 'datetime'; readonly start: string; readonly zoned: boolean; readonly by: Source }
  | { readonly kind: 'listed'; readonly values: readonly Value[]; readonly by: Source }
  /** What a field of the engine gives in the row. */
  | { readonly kind: 'field'; readonly field: FieldDocument }
  /** What the other table has in a column, in the row that a link refers to. */
  | { readonly kind: 'linked'; readonly link: number; readonly column: string };

export interface KeyColumn {
  readonly column: string;
  readonly rule: KeyRule;
}

/** What keys of a table are made of: part of its plan. */
export interface TableKeys {
  readonly id: string;
  readonly rows: number;
  readonly keys: readonly KeyColumn[];
  readonly links: readonly Link[];
  /** Which link deals the rows out to parents; null: none. */
  readonly dealtBy: number | null;
}
