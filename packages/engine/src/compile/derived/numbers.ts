import { add, constant, div, type Int, mod, mul, type Real, sub } from '../../plan/program.ts';
import type { Bindings } from './bindings.ts';
import { and, isLess, not, select } from './bits.ts';
import { type KnownNumber, NEVER, notCertain } from './known.ts';

/**
 * Decimals of fewer units than this are further apart than the doubles nearest to them, so that each is its double's shortest
 * decimal (2^52: a unit is then more than one unit in the last place of 53 bits).
 */
const MOST_UNITS = 2n ** 52n;
/** What the kernel computes with, and a bit to spare. */
const MOST_INT = 2n ** 62n;
const MOST_DECIMALS = 15;
/** A rounding is off by half a unit in the last place at most; this is twice as much. */
const ROUNDING = 2 ** -52;

const size = (value: bigint): bigint => (value < 0n ? -value : value);
const most = ({ lo, hi }: Pick<KnownNumber, 'lo' | 'hi'>): bigint => (size(lo) > size(hi) ? size(lo) : size(hi));
const scaleOf = (decimals: number): bigint => 10n ** BigInt(decimals);
const magnitude = (number: KnownNumber): number => Number(most(number)) / 10 ** number.decimals;

type Exact = Pick<KnownNumber, 'int' | 'decimals' | 'lo' | 'hi'>;

/** A number that JavaScript has as the nearest double. */
export function faithful(exact: Exact, missing: Int = NEVER): KnownNumber {
  if (most(exact) >= MOST_UNITS || exact.decimals > MOST_DECIMALS)
    notCertain('a number has more digits than a double holds');
  const error = exact.decimals === 0 ? 0 : (ROUNDING * Number(most(exact))) / 10 ** exact.decimals;
  const real: Real = { r: 'decimal', units: exact.int, decimals: exact.decimals };
  return {
    int: exact.int,
    decimals: exact.decimals,
    lo: exact.lo,
    hi: exact.hi,
    type: 'number',
    missing,
    faithful: true,
    error,
    real,
    zero: true,
  };
}

/** The units and decimals of a number as it is written; undefined for those with an exponent and with too many digits. */
export function unitsOf(value: number): { units: number; decimals: number } | undefined {
  const written = /^(-?\d+)(?:\.(\d+))?$/.exec(String(value));
  if (written === null) return undefined;
  const [, whole = '', fraction = ''] = written;
  const units = Number(whole + fraction);
  return Math.abs(units) < Number(MOST_UNITS) && fraction.length <= MOST_DECIMALS
    ? { units, decimals: fraction.length }
    : undefined;
}

export function numberOf(value: number): KnownNumber {
  const written = unitsOf(value) ?? notCertain('a number of too many digits');
  const units = BigInt(written.units);
  return faithful({ int: constant(units), decimals: written.decimals, lo: units, hi: units });
}

/** Arithmetic as doubles do it, on numbers without nulls: a result is certain, near to what JavaScript has, or refused. */
export class Numbers {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  #exact(int: Int, decimals: number, bounds: readonly bigint[]): Exact {
    const [lo, hi] = [bounds.reduce((a, b) => (b < a ? b : a)), bounds.reduce((a, b) => (b > a ? b : a))];
    if (size(lo) >= MOST_INT || size(hi) >= MOST_INT) notCertain('a number has more digits than 64 bits hold');
    return { int: this.#bindings.bind(int), decimals, lo, hi };
  }

  /** The same number in smaller units. */
  scaled(number: KnownNumber, decimals: number): KnownNumber {
    const factor = scaleOf(decimals - number.decimals);
    if (factor === 1n) return number;
    const exact = this.#exact(times(number.int, factor), decimals, [number.lo * factor, number.hi * factor]);
    return { ...number, ...exact, faithful: number.faithful && most(exact) < MOST_UNITS };
  }

  #alike(a: KnownNumber, b: KnownNumber): [KnownNumber, KnownNumber] {
    const decimals = Math.max(a.decimals, b.decimals);
    return [this.scaled(a, decimals), this.scaled(b, decimals)];
  }

  /** 1 where a < b: of decimals or, where these may not tell, of JavaScript's doubles. */
  isLess(a: KnownNumber, b: KnownNumber): Int {
    if (a.faithful && b.faithful) {
      const [x, y] = this.#alike(a, b);
      if (x.faithful && y.faithful) return isLess(x.int, y.int);
    }
    return this.#bindings.bind({ op: 'below', a: a.real, b: b.real });
  }

  isSame(a: KnownNumber, b: KnownNumber): Int {
    return and(not(this.isLess(a, b)), not(this.isLess(b, a)));
  }

  select(on: Int, a: KnownNumber, b: KnownNumber): KnownNumber {
    const [x, y] = this.#alike(a, b);
    const exact = this.#exact(select(on, x.int, y.int), x.decimals, [x.lo, x.hi, y.lo, y.hi]);
    return {
      ...exact,
      type: 'number',
      missing: NEVER,
      faithful: x.faithful && y.faithful,
      error: Math.max(x.error, y.error),
      zero: a.zero && b.zero,
      real: joined('select', a, b, on),
    };
  }

  add(a: KnownNumber, b: KnownNumber): KnownNumber {
    const [x, y] = this.#alike(a, b);
    const exact = this.#exact(add(x.int, y.int), x.decimals, [x.lo + y.lo, x.hi + y.hi]);
    // Two that cancel out are the same double with two signs, when they are the nearest to what they stand for.
    const zero = (a.faithful && b.faithful) || (a.lo >= 0n && b.lo >= 0n && a.zero && b.zero);
    return this.#result(exact, x.error + y.error, magnitude(x) + magnitude(y), zero, joined('add', a, b));
  }

  subtract(a: KnownNumber, b: KnownNumber): KnownNumber {
    return this.add(a, this.negate(b));
  }

  negate(a: KnownNumber): KnownNumber {
    const exact = this.#exact(minus(a.int), a.decimals, [-a.lo, -a.hi]);
    if (a.faithful) return faithful(exact);
    const none = faithful({ int: constant(0), decimals: 0, lo: 0n, hi: 0n });
    return { ...a, ...exact, real: joined('sub', none, a) };
  }

  multiply(a: KnownNumber, b: KnownNumber): KnownNumber {
    const bounds = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
    const exact = this.#exact(mul(a.int, b.int), a.decimals + b.decimals, bounds);
    // A power of two only moves the point of a double.
    if (((a.faithful && isPowerOfTwo(b)) || (b.faithful && isPowerOfTwo(a))) && fits(exact)) return faithful(exact);
    const error = a.error * (magnitude(b) + b.error) + b.error * magnitude(a);
    return this.#result(exact, error, magnitude(a) * magnitude(b), a.zero && b.zero, joined('mul', a, b));
  }

  /** By a constant; undefined when that is 0, for which there is no answer. */
  divide(a: KnownNumber, b: KnownNumber): KnownNumber | undefined {
    if (b.lo !== b.hi) notCertain('a division by what is no constant');
    if (b.lo === 0n) return undefined;
    if (!a.faithful || !b.faithful) notCertain('a division of what is rounded');
    // a / b = a·f / 10^places; one rounding, of a number that both have exactly.
    const divisor = size(b.lo);
    let places = 0;
    while (scaleOf(places) % divisor !== 0n) if (++places > MOST_DECIMALS) notCertain('a quotient without an end');
    const exactDoubles = (a.decimals === 0 && b.decimals === 0) || (b.decimals === 0 && isPowerOfTwo(b));
    if (!exactDoubles) notCertain('a quotient of what is rounded');
    const factor = (scaleOf(places) / divisor) * (b.lo < 0n ? -1n : 1n);
    return faithful(this.#exact(times(a.int, factor), a.decimals + places, [a.lo * factor, a.hi * factor]));
  }

  /** With the sign of the left side, or of the divisor. */
  remainder(a: KnownNumber, b: KnownNumber, sign: 'left' | 'divisor'): KnownNumber {
    if (a.decimals > 0 || b.decimals > 0 || !a.faithful || !b.faithful || b.lo <= 0n)
      notCertain('a remainder of other than whole numbers');
    const rest = mod(a.int, b.int);
    const below = b.hi - 1n;
    if (a.lo >= 0n) return faithful(this.#exact(rest, 0, [0n, below]));
    if (sign === 'left') return faithful(this.#exact(rest, 0, [-below, below]));
    return faithful(this.#exact(mod(add(rest, b.int), b.int), 0, [0n, below]));
  }

  abs(a: KnownNumber): KnownNumber {
    if (a.lo >= 0n && a.faithful) return a;
    if (!a.faithful) notCertain('the size of what is rounded');
    const int = select(isLess(a.int, constant(0)), minus(a.int), a.int);
    return faithful(this.#exact(int, a.decimals, [0n, most(a)]));
  }

  floor(a: KnownNumber): KnownNumber {
    if (!a.faithful) notCertain('a rounded number is cut');
    const scale = scaleOf(a.decimals);
    const down = (value: bigint): bigint => (value < 0n ? -((-value + scale - 1n) / scale) : value / scale);
    if (scale === 1n) return a;
    // The division is one of numbers from 0 upwards.
    const shift = a.lo < 0n ? -down(a.lo) : 0n;
    const shifted = shift === 0n ? a.int : add(a.int, constant(shift * scale));
    const whole = shift === 0n ? div(shifted, scale) : sub(div(shifted, scale), constant(shift));
    return faithful(this.#exact(whole, 0, [down(a.lo), down(a.hi)]));
  }

  truncate(a: KnownNumber): KnownNumber {
    if (!a.faithful) notCertain('a rounded number is cut');
    const scale = scaleOf(a.decimals);
    return scale === 1n ? a : faithful(this.#exact(div(a.int, scale), 0, [a.lo / scale, a.hi / scale]));
  }

  /** Halves away from zero, by the decimal that is written. */
  round(a: KnownNumber, places: number): KnownNumber {
    if (places >= a.decimals) {
      if (a.faithful) return a;
      // Near to a number that has no more places, it is that number: far from the next tie, and before digits run out.
      const unit = 10 ** -places;
      if (a.error >= unit / 100 || magnitude(a) / unit >= 2 ** 48) notCertain('what is rounded may be a tie');
      return faithful(a);
    }
    if (!a.faithful) notCertain('what is rounded may be a tie');
    if (places < -MOST_DECIMALS) notCertain('rounding to so large a unit');
    const step = scaleOf(a.decimals - places);
    const rounded = (value: bigint): bigint => ((size(value) + step / 2n) / step) * (value < 0n ? -1n : 1n);
    const negative = isLess(a.int, constant(0));
    const positive = a.lo >= 0n ? a.int : select(negative, minus(a.int), a.int);
    const units = this.#bindings.bind(div(add(positive, constant(step / 2n)), step));
    const signed = a.lo >= 0n ? units : select(negative, minus(units), units);
    const back = places < 0 ? scaleOf(-places) : 1n;
    const bounds = [rounded(a.lo) * back, rounded(a.hi) * back];
    return faithful(this.#exact(times(signed, back), Math.max(0, places), bounds));
  }

  #result(exact: Exact, error: number, reach: number, zero: boolean, real: Real): KnownNumber {
    if (exact.decimals === 0 && error === 0 && fits(exact)) return faithful(exact);
    if (exact.decimals > MOST_DECIMALS) notCertain('a number has more digits than are counted here');
    const rounded = error + ROUNDING * (reach + error);
    return { ...exact, type: 'number', missing: NEVER, faithful: false, error: rounded, zero, real };
  }
}

/** Whether the shortest decimal of the nearest double is the number itself. */
export const fits = (exact: Exact): boolean => most(exact) < MOST_UNITS && exact.decimals <= MOST_DECIMALS;

function joined(r: 'add' | 'mul' | 'sub', a: KnownNumber, b: KnownNumber): Real;
function joined(r: 'select', a: KnownNumber, b: KnownNumber, on: Int): Real;
function joined(r: 'add' | 'mul' | 'sub' | 'select', a: KnownNumber, b: KnownNumber, on: Int = NEVER): Real {
  const real: Real = r === 'select' ? { r, on, a: a.real, b: b.real } : { r, a: a.real, b: b.real };
  return sizeOf(real) <= MOST_PARTS ? real : notCertain('a double of too many parts');
}

/** Doubles have no names in programs: one that is used twice is computed twice. */
const MOST_PARTS = 64;
const sizeOf = (real: Real): number => (real.r === 'decimal' ? 1 : 1 + sizeOf(real.a) + sizeOf(real.b));

const minus = (int: Int): Int => (int.op === 'const' ? constant(-BigInt(int.value)) : sub(constant(0), int));
const times = (int: Int, factor: bigint): Int =>
  factor === 1n ? int : int.op === 'const' ? constant(BigInt(int.value) * factor) : mul(int, constant(factor));

function isPowerOfTwo({ lo, hi, decimals }: KnownNumber): boolean {
  const value = size(lo);
  return lo === hi && decimals === 0 && value > 0n && (value & (value - 1n)) === 0n;
}
