import { emitDigits } from './emit-number.ts';
import type { Emitter } from './emitter.ts';
import {
  brIf,
  type Code,
  call,
  f64,
  get,
  i32,
  i64,
  ifElse,
  type Local,
  loop,
  memoryCopy,
  select,
  set,
} from './wasm/code.ts';
import type { FunctionBuilder } from './wasm/function-builder.ts';

/** Digits behind the point, at most: those of numbers down to 10^-6, and two to spare. */
const MOST_PLACES = 24;
const SCRATCH = 32;
const M63 = (1n << 63n) - 1n;

/**
 * g = floor(10^places / 2^r) + 1 of 126 bits, for every number of places: its upper and lower 63 bits, in words of 32.
 * They are the only numbers that the algorithm needs beyond 64 bits.
 */
const POWERS = Array.from({ length: MOST_PLACES + 1 }, (_, places) => {
  const power = 10n ** BigInt(places);
  const r = BigInt(power.toString(2).length - 1 - 125);
  const g = (r < 0n ? power << -r : power >> r) + 1n;
  return [g >> 95n, (g >> 63n) & 0xffffffffn, (g & M63) >> 32n, g & 0xffffffffn].map(Number);
});
const limb = (index: number): readonly number[] => POWERS.map((limbs) => limbs[index] ?? 0);
const LIMBS = [0, 1, 2, 3].map(limb);
const TENS = Array.from({ length: MOST_PLACES + 1 }, (_, places) => 10 ** Math.min(places, 15));

/**
 * real(p, v): writes the shortest decimal that is read as v, the nearest to v of these, and returns the next address; v is 0
 * or from 10^-6 to 2^53. R. Giulietti, "The Schubfach way to render doubles" (2021).
 */
export function buildReal(f: FunctionBuilder, e: Emitter): void {
  const v = f.param(1);
  const whole = f.bind('i64', i64.fromF64U(get(v)));
  const isWhole = f64.eq(f64.floor(get(v)), get(v));
  f.emit(ifElse(isWhole, writeWhole(f, e, whole), writeFraction(f, e, v, whole)), get(e.p));
}

const writeWhole = (f: FunctionBuilder, e: Emitter, whole: Local): Code =>
  f.capture(() => f.emit(set(e.p, call(e.helpers.decimal, get(e.p), get(whole)))));

function writeFraction(f: FunctionBuilder, e: Emitter, v: Local, whole: Local): Code {
  return f.capture(() => {
    const { decimal, places } = shortest(f, e, v);
    f.emit(set(e.p, call(e.helpers.decimal, get(e.p), get(whole))), i32.store8(get(e.p), 0, i32.const(46)));
    f.emit(set(e.p, i32.add(get(e.p), i32.const(1))));
    // More than 15 places are more than one step away from 10^15; where there are more than 17, nothing stands before them.
    const tens = i64.load(i32.shl(get(places), i32.const(3)), e.data.numbers(TENS, 'i64').address);
    const beyond = f.bind('i32', i32.sub(get(places), i32.const(15)));
    const more = select(
      select(
        i64.const(100),
        select(i64.const(10), i64.const(1), i32.eq(get(beyond), i32.const(1))),
        i32.gtS(get(beyond), i32.const(1)),
      ),
      i64.const(1),
      i32.gtS(get(beyond), i32.const(0)),
    );
    const rest = f.bind('i64', i64.sub(get(decimal), i64.mul(get(whole), i64.mul(tens, more))));
    // All places with zeros before them, further on; then those that count, here.
    const at = f.bind('i32', get(e.p));
    f.emit(set(e.p, i32.add(get(e.p), i32.const(SCRATCH))));
    const high = f.bind('i64', i64.divU(get(rest), i64.const(10n ** 16n)));
    const low = f.bind('i64', i64.sub(get(rest), i64.mul(get(high), i64.const(10n ** 16n))));
    emitDigits(e, { code: get(high), type: 'i64', range: { lo: 0n, hi: 99_999_999n } }, 8);
    emitDigits(e, { code: get(low), type: 'i64', range: { lo: 0n, hi: 10n ** 16n - 1n } }, 16);
    e.settle();
    f.emit(memoryCopy(get(at), i32.sub(get(e.p), get(places)), get(places)));
    f.emit(set(e.p, i32.add(get(at), get(places))));
    // There is a digit other than 0, or the number would be whole.
    const back = set(e.p, i32.sub(get(e.p), i32.const(1)));
    const isZero = i32.eq(i32.load8U(i32.sub(get(e.p), i32.const(1))), i32.const(48));
    f.emit(ifElse(isZero, loop([back, brIf(0, isZero)])));
  });
}

/** The digits of the decimal and how many stand behind the point, zeros at its end among them. */
function shortest(f: FunctionBuilder, e: Emitter, v: Local): { decimal: Local; places: Local } {
  const bind = (code: Code): Local => f.bind('i64', code);
  const c = i64.const;
  const bits = bind(i64.ofF64(get(v)));
  const fraction = bind(i64.and(get(bits), c((1n << 52n) - 1n)));
  const mantissa = bind(i64.or(get(fraction), c(1n << 52n)));
  const q = bind(i64.sub(i64.shrU(get(bits), c(52)), c(1075)));
  // A power of two has its lower neighbour at half the distance.
  const isPower = f.bind('i32', i64.eqz(get(fraction)));
  const cb = bind(i64.shl(get(mantissa), c(2)));
  const cbl = bind(i64.sub(get(cb), select(c(1), c(2), get(isPower))));
  const shift = select(c(-274_743_187_321n), c(0), get(isPower));
  const k = bind(i64.shrS(i64.add(i64.mul(get(q), c(661_971_961_083n)), shift), c(41)));
  const places = f.bind('i32', i32.wrap(i64.sub(c(0), get(k))));
  // floor(log2(10^places))
  const log = i64.shrS(i64.mul(i64.sub(c(0), get(k)), c(913_124_641_741n)), c(38));
  const h = bind(i64.add(i64.add(get(q), log), c(2)));
  const index = i32.shl(get(places), i32.const(2));
  const limbs = LIMBS.map((table) => i64.extendU(i32.load(index, e.data.numbers(table, 'u32').address)));
  const [g3 = [], g2 = [], g1 = [], g0 = []] = limbs;
  const upper = bind(i64.or(i64.shl(g3, c(32)), g2));
  const lower = bind(i64.or(i64.shl(g1, c(32)), g0));
  const scaled = (value: Code): Local => roundedToOdd(f, upper, lower, bind(i64.shl(value, get(h))));
  const vb = scaled(get(cb));
  const vbl = scaled(get(cbl));
  const vbr = scaled(i64.add(get(cb), c(2)));
  const odd = bind(i64.and(get(mantissa), c(1)));
  const s = bind(i64.shrU(get(vb), c(2)));
  const fromBelow = (candidate: Local): Code => i64.leU(i64.add(get(vbl), get(odd)), i64.shl(get(candidate), c(2)));
  const fromAbove = (candidate: Local): Code => i64.leU(i64.add(i64.shl(get(candidate), c(2)), get(odd)), get(vbr));
  const tens = bind(i64.mul(i64.divU(get(s), c(10)), c(10)));
  const nextTens = bind(i64.add(get(tens), c(10)));
  const next = bind(i64.add(get(s), c(1)));
  const shortDown = f.bind('i32', fromBelow(tens));
  const shortUp = f.bind('i32', fromAbove(nextTens));
  const down = f.bind('i32', fromBelow(s));
  const up = f.bind('i32', fromAbove(next));
  // Both inside: the nearer one, or of two alike the even one.
  const middle = i64.shl(i64.add(get(s), get(next)), c(1));
  const nearDown = f.bind(
    'i32',
    i32.or(i64.ltU(get(vb), middle), i32.and(i64.eq(get(vb), middle), i64.eqz(i64.and(get(s), c(1))))),
  );
  const takeDown = select(get(down), get(nearDown), i32.xor(get(down), get(up)));
  const long = select(get(s), get(next), takeDown);
  const short = select(get(tens), get(nextTens), get(shortDown));
  return { decimal: bind(select(short, long, i32.xor(get(shortDown), get(shortUp)))), places };
}

/** (upper * 2^63 + lower) * value / 2^127, with a bit set where something is cut off ("round to odd"). */
function roundedToOdd(f: FunctionBuilder, upper: Local, lower: Local, value: Local): Local {
  const c = i64.const;
  const x1 = highProduct(f, lower, value);
  const y1 = highProduct(f, upper, value);
  const y0 = i64.mul(get(upper), get(value));
  const z = f.bind('i64', i64.add(i64.shrU(y0, c(1)), get(x1)));
  const w = i64.add(get(y1), i64.shrU(get(z), c(63)));
  const sticky = i64.shrU(i64.add(i64.and(get(z), c(M63)), c(M63)), c(63));
  return f.bind('i64', i64.or(w, sticky));
}

/** The upper 64 bits of a product of 128. */
function highProduct(f: FunctionBuilder, a: Local, b: Local): Local {
  const half = i64.const(32);
  const mask = i64.const(0xffffffff);
  const bind = (code: Code): Local => f.bind('i64', code);
  const [a1, a0] = [bind(i64.shrU(get(a), half)), bind(i64.and(get(a), mask))];
  const [b1, b0] = [bind(i64.shrU(get(b), half)), bind(i64.and(get(b), mask))];
  const low = bind(i64.mul(get(a0), get(b0)));
  const cross = bind(i64.add(i64.mul(get(a1), get(b0)), i64.shrU(get(low), half)));
  const other = bind(i64.add(i64.mul(get(a0), get(b1)), i64.and(get(cross), mask)));
  const sum = i64.add(i64.mul(get(a1), get(b1)), i64.add(i64.shrU(get(cross), half), i64.shrU(get(other), half)));
  return bind(sum);
}
