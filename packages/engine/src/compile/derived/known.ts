import { constant, type Int, type Piece, type Real } from '../../plan/program.ts';

/** 1 in rows in which the value is null. */
interface MayMiss {
  readonly missing: Int;
}

/** `int` units of 10^-decimals. */
export interface KnownNumber extends MayMiss {
  readonly type: 'number';
  readonly int: Int;
  readonly decimals: number;
  readonly lo: bigint;
  readonly hi: bigint;
  /** Whether JavaScript has the double that is nearest to it, so that both write the same digits. */
  readonly faithful: boolean;
  /** How far off JavaScript's double may be, at most. */
  readonly error: number;
  /** JavaScript's double, made as JavaScript makes it. */
  readonly real: Real;
  /** Whether that is 0 wherever the number is. */
  readonly zero: boolean;
}

export interface KnownBoolean extends MayMiss {
  readonly type: 'boolean';
  readonly int: Int;
}

export interface KnownText extends MayMiss {
  readonly type: 'text';
  readonly pieces: readonly Piece[];
  /** UTF-16 code units, at most. */
  readonly length: number;
  /** The texts it can be, where they are few enough to be listed. */
  readonly finite?: Finite;
  readonly date?: KnownDate;
}

export interface Finite {
  readonly from: readonly string[];
  readonly index: Int;
}

/** A text that is a date, or a date with a time behind it. */
export interface KnownDate {
  /** Days since 1970-01-01. */
  readonly days: Int;
  readonly lo: bigint;
  readonly hi: bigint;
  readonly hasTime: boolean;
  /** The text with another day. */
  readonly write: (days: Int) => readonly Piece[];
}

/** One of two values of different types. */
export interface KnownEither {
  readonly type: 'either';
  readonly on: Int;
  readonly whenTrue: Known;
  readonly whenFalse: Known;
}

/** What is known of a value when compiling. */
export type Known = KnownNumber | KnownBoolean | KnownText | KnownEither | { readonly type: 'null' };

/** Thrown where it is not certain that a program gives what JavaScript gives. */
export class NotCertain extends Error {}

export function notCertain(why: string): never {
  throw new NotCertain(why);
}

export const NEVER: Int = constant(0);
export const NULL: Known = { type: 'null' };
