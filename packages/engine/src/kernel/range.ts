import type { Int } from '../plan/program.ts';

/** Inclusive bounds of an integer expression. */
export interface Range {
  readonly lo: bigint;
  readonly hi: bigint;
}

const of = (lo: number | bigint, hi: number | bigint): Range => ({ lo: BigInt(lo), hi: BigInt(hi) });
const hull = (values: readonly bigint[]): Range => {
  let lo = values[0] ?? 0n;
  let hi = lo;
  for (const value of values) {
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  return { lo, hi };
};
const hulls = new WeakMap<readonly number[], Range>();

/**
 * The range of a table's entries. Tables have thousands, and are looked at whenever an expression has one in it: found once a
 * table.
 */
export function rangeOfTable(values: readonly number[]): Range {
  let range = hulls.get(values);
  if (range === undefined) {
    let lo = values[0] ?? 0;
    let hi = lo;
    for (const value of values) {
      if (value < lo) lo = value;
      if (value > hi) hi = value;
    }
    range = of(lo, hi);
    hulls.set(values, range);
  }
  return range;
}

/** Row numbers are below 2^53 (so that they pass through JavaScript numbers). */
export const ROW_RANGE: Range = of(0, Number.MAX_SAFE_INTEGER);

/** The range of an expression, by interval arithmetic. `variables` holds the ranges of names bound by `let`. */
export function rangeOf(int: Int, variables: ReadonlyMap<string, Range>): Range {
  switch (int.op) {
    case 'const':
      return of(int.value, int.value);
    case 'row':
      return ROW_RANGE;
    case 'draw':
    case 'shared':
      return of(0, int.below - 1);
    case 'get': {
      const range = variables.get(int.name);
      if (range === undefined) throw new Error(`unbound variable ${int.name}`);
      return range;
    }
    case 'less':
    case 'below':
      return of(0, 1);
    case 'select': {
      const a = rangeOf(int.a, variables);
      const b = rangeOf(int.b, variables);
      return hull([a.lo, a.hi, b.lo, b.hi]);
    }
    case 'lookup':
      return rangeOfTable(int.table);
    case 'weighted':
      return of(0, int.odds.alias.length - 1);
    case 'quantile':
      return of(int.table.min, int.table.max);
    case 'permute':
      return of(0n, int.size - 1n);
    default: {
      const a = rangeOf(int.a, variables);
      const b = rangeOf(int.b, variables);
      switch (int.op) {
        case 'add':
          return of(a.lo + b.lo, a.hi + b.hi);
        case 'sub':
          return of(a.lo - b.hi, a.hi - b.lo);
        case 'mul':
          return hull([a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi]);
        case 'div':
          return hull([a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi]);
        case 'mod': {
          const most = b.hi - 1n;
          return a.lo < 0n ? of(-most, most) : of(0, a.hi < most ? a.hi : most);
        }
      }
    }
  }
}

/** Whether 32 signed bits hold the range. */
export const fitsI32 = (range: Range): boolean => range.lo >= -(2n ** 31n) && range.hi < 2n ** 31n;
