/**
 * What a field produces, as data. A program says which numbers are drawn and which pieces of text they become; it knows
 * nothing of formats, seeds or WebAssembly, so that one program serves JSON, CSV and SQL alike and can be sent to a
 * worker thread. The kernel (../kernel) turns it into instructions.
 *
 * Numbers are integers; their range is known before the first row (../kernel/range.ts), which is how the kernel picks
 * 32 or 64 bits and the number of digits.
 */

/** A scalar of the output. */
export type Scalar = string | number | boolean | null;

/** Integer-valued expression. */
export type Int =
  | { readonly op: 'const'; readonly value: number | bigint }
  /** Index of the current row, from 0; inside an array, of the current child. */
  | { readonly op: 'row' }
  /** Next value of the field's own stream, uniform in [0, below). */
  | { readonly op: 'draw'; readonly below: number }
  /**
   * A value all fields of a coherence group see alike in one row, uniform in [0, below), or with the odds of an alias table
   * of that many.
   */
  | {
      readonly op: 'shared';
      readonly group: string;
      readonly slot: number;
      readonly below: number;
      readonly odds?: AliasTable;
    }
  | { readonly op: 'get'; readonly name: string }
  | { readonly op: 'add' | 'sub' | 'mul' | 'div' | 'mod'; readonly a: Int; readonly b: Int }
  /** 1 when a < b, else 0. */
  | { readonly op: 'less'; readonly a: Int; readonly b: Int }
  /** The same of doubles. */
  | { readonly op: 'below'; readonly a: Real; readonly b: Real }
  /** `a` when `on` is 1, `b` when it is 0; both are computed. */
  | { readonly op: 'select'; readonly on: Int; readonly a: Int; readonly b: Int }
  | { readonly op: 'lookup'; readonly table: readonly number[]; readonly index: Int }
  /** Draws an index with the odds of an alias table (../random/alias-table.ts). */
  | { readonly op: 'weighted'; readonly odds: AliasTable }
  /** Draws from the distribution whose quantile function is tabulated; rounded and clamped to [min, max]. */
  | { readonly op: 'quantile'; readonly table: QuantileTable }
  /** The image of `of` under the field's own permutation of [0, size). */
  | { readonly op: 'permute'; readonly of: Int; readonly size: bigint };

/** A 64-bit float, as JavaScript computes it. */
export type Real =
  /** The double that is nearest to `units` of 10^-decimals, where units are below 2^53. */
  | { readonly r: 'decimal'; readonly units: Int; readonly decimals: number }
  | { readonly r: 'add' | 'sub' | 'mul' | 'div'; readonly a: Real; readonly b: Real }
  /** `a` when `on` is 1, `b` when it is 0. */
  | { readonly r: 'select'; readonly on: Int; readonly a: Real; readonly b: Real };

export interface AliasTable {
  /** Column i keeps itself when the remainder of the draw is below threshold[i] (32-bit), else gives alias[i]. */
  readonly threshold: readonly number[];
  readonly alias: readonly number[];
}

export interface QuantileTable {
  /** Values at i/1024 of the probability, i in [0, 1024]; then the first and the last 1/1024 in 1024 steps each. */
  readonly main: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** A part of a value's text. */
export type Piece =
  | { readonly p: 'text'; readonly text: string }
  | { readonly p: 'pick'; readonly from: readonly string[]; readonly index: Int }
  /** Non-negative, zero-padded to `width` digits. */
  | { readonly p: 'digits'; readonly value: Int; readonly width: number }
  /** Signed decimal. */
  | { readonly p: 'integer'; readonly value: Int }
  /** Signed decimal with the last `decimals` digits behind the point; trimmed: without zeros at its end, as JSON has numbers. */
  | { readonly p: 'fixed'; readonly value: Int; readonly decimals: number; readonly trimmed?: true }
  /**
   * The shortest decimal that is read as this double (ECMA-262, Number::toString): 0, or of a size from 10^-6 to 2^53. `mostly`
   * is the decimal it often is, of fewer than 2^52 units.
   */
  | {
      readonly p: 'real';
      readonly value: Real;
      readonly mostly?: { readonly units: Int; readonly decimals: number };
    }
  | { readonly p: 'uuid' }
  /** YYYY-MM-DD of a day number (days since 1970-01-01, years 0000-9999). */
  | { readonly p: 'date'; readonly days: Int }
  | { readonly p: 'let'; readonly name: string; readonly value: Int }
  | { readonly p: 'switch'; readonly on: Int; readonly cases: readonly (readonly Piece[])[] }
  | {
      readonly p: 'repeat';
      readonly count: Int;
      readonly body: readonly Piece[];
      readonly separator: readonly Piece[];
    }
  /**
   * Pieces of another stream of draws, from its beginning: those of a field of the same row (or of a helper of it), which so
   * come out as that field has them. `within` is the path of the object that has the field, where that is another one.
   */
  | { readonly p: 'of'; readonly path: string; readonly within?: string; readonly body: readonly Piece[] };

/** How a value is written: decides quotes, and the literal's form in SQL. */
export type TextKind = 'string' | 'integer' | 'decimal' | 'date' | 'time' | 'datetime' | 'uuid';

/** What a field produces. */
export type Program =
  | { readonly kind: TextKind; readonly body: readonly Piece[] }
  | { readonly kind: 'boolean'; readonly value: Int }
  /** JSON of one shape with numbers in it, drawn in the order of the parts. All see the groups of the field's own object. */
  | { readonly kind: 'document'; readonly parts: readonly DocumentPart[] }
  /** One of a list of values of any kind. */
  | { readonly kind: 'choice'; readonly values: readonly unknown[]; readonly index: Int }
  | { readonly kind: 'object'; readonly fields: readonly ProgramField[] }
  /** Children take the row numbers [row * stride, row * stride + count). */
  | { readonly kind: 'array'; readonly fields: readonly ProgramField[]; readonly count: Int; readonly stride: number }
  /** A list of values; the item of row r, place i is what the item's program gives in row r * stride + i. */
  | { readonly kind: 'list'; readonly item: ProgramField; readonly count: Int; readonly stride: number }
  /** What a field of another template (by its path there) has in a row of that template. */
  | { readonly kind: 'reference'; readonly row: Int; readonly path: string; readonly program: Program }
  /** null with a probability of threshold / 2^32, drawn from the field's null stream. */
  | { readonly kind: 'nullable'; readonly threshold: number; readonly program: Program }
  /** Binds `unique` to the image of the row under the field's permutation of [0, size) before the program runs. */
  | { readonly kind: 'unique'; readonly size: bigint; readonly program: Program }
  /** A text of another program put through a function of ../computed, in JavaScript; null stays null. */
  | {
      readonly kind: 'computed';
      readonly maker: string;
      readonly options: Readonly<Record<string, unknown>>;
      readonly input: Program;
    }
  /**
   * One of several values, by the text of another field of the object: the case of that number, the last one when no key
   * is like it. Chosen in JavaScript.
   */
  | {
      readonly kind: 'selected';
      readonly by: string;
      readonly keys: readonly string[];
      readonly cases: readonly ProgramField[];
    }
  /** The sum of another field of the object over the rows since the last multiple of `every`. Added up in JavaScript. */
  | { readonly kind: 'running'; readonly of: string; readonly every: number }
  /** Computed from the fields of its own object: by the program it was compiled into, else in JavaScript. */
  | { readonly kind: 'derived'; readonly expression: string; readonly compiled?: Program }
  /**
   * Made outside of the engine, by a program: its values are given with the rows that are made (../external). `sees` are the
   * fields of its own object that the program is shown.
   */
  | {
      readonly kind: 'external';
      readonly by: 'python';
      /** Its place in the template. */
      readonly pointer: string;
      readonly options: Readonly<Record<string, unknown>>;
      readonly sees: readonly string[];
    }
  /** One of several values, after pieces that only bind names. Texts are written as a format writes those made in JavaScript. */
  | { readonly kind: 'either'; readonly lets: readonly Piece[]; readonly on: Int; readonly cases: readonly Program[] }
  /** A top-level value with something computed or derived in it: made in JavaScript, row by row, and spliced in by the kernel. */
  | { readonly kind: 'column'; readonly column: number; readonly program: Program };

/** A mark of JSON's, which no format escapes, a number, or a value that is the same in every row, such as a name. */
export type DocumentPart =
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | Extract<Piece, { readonly p: 'integer' | 'fixed' }>
  | { readonly p: 'json'; readonly value: unknown };

export interface ProgramField {
  readonly name: string;
  /** JSON-pointer-like path from the template's root, without array indices. */
  readonly path: string;
  readonly program: Program;
}

export const constant = (value: number | bigint): Int => ({ op: 'const', value });
export const row: Int = { op: 'row' };
export const get = (name: string): Int => ({ op: 'get', name });
export const add = (a: Int, b: Int | number): Int => ({ op: 'add', a, b: typeof b === 'number' ? constant(b) : b });
export const sub = (a: Int, b: Int | number): Int => ({ op: 'sub', a, b: typeof b === 'number' ? constant(b) : b });
export const mul = (a: Int, b: Int | number): Int => ({ op: 'mul', a, b: typeof b === 'number' ? constant(b) : b });
export const div = (a: Int, b: Int | number | bigint): Int => ({
  op: 'div',
  a,
  b: typeof b === 'object' ? b : constant(b),
});
export const mod = (a: Int, b: Int | number | bigint): Int => ({
  op: 'mod',
  a,
  b: typeof b === 'object' ? b : constant(b),
});
export const lookup = (table: readonly number[], index: Int): Int => ({ op: 'lookup', table, index });
/** 1 when a < b, else 0. */
export const less = (a: Int, b: Int | number): Int => ({
  op: 'less',
  a,
  b: typeof b === 'number' ? constant(b) : b,
});
export const text = (value: string): Piece => ({ p: 'text', text: value });
export const pick = (from: readonly string[], index: Int): Piece => ({ p: 'pick', from, index });
export const digits = (value: Int, width: number): Piece => ({ p: 'digits', value, width });
export const bind = (name: string, value: Int): Piece => ({ p: 'let', name, value });
