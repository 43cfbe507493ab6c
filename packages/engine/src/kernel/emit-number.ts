import { DIGITS4 } from './digit-tables.ts';
import { type Num, scaled, toI32, toI64 } from './emit-int.ts';
import { emitBytes } from './emit-text.ts';
import type { Emitter } from './emitter.ts';
import { brIf, type Code, call, get, i32, i64, ifElse, type Local, loop, select, set } from './wasm/code.ts';

/** The four digit characters of an i32 below 10,000, as an i32. */
export const digits4 = (e: Emitter, value: Code): Code =>
  i32.load(scaled(value, 4), e.data.numbers(DIGITS4, 'u32').address);

/** Zero-padded digits. */
export function emitDigits(e: Emitter, value: Num, width: number): void {
  if (width <= 4) {
    const { base, offset } = e.out;
    const narrow = toI32(value).code;
    if (width === 1) e.f.emit(i32.store8(base, offset, i32.add(narrow, i32.const(48))));
    else {
      const word = digits4(e, narrow);
      e.f.emit(i32.store(base, offset, width === 4 ? word : i32.shrU(word, i32.const(8 * (4 - width)))));
    }
    e.skip(width);
    return;
  }
  if (width <= 8) {
    const v = e.hold('i32', toI32(value).code);
    const high = e.hold('i32', i32.divU(get(v), i32.const(10_000)));
    emitDigits(e, i32Num(get(high)), width - 4);
    emitDigits(e, i32Num(i32.sub(get(v), i32.mul(get(high), i32.const(10_000)))), 4);
    return;
  }
  const v = e.hold('i64', toI64(value).code);
  const high = e.hold('i64', i64.divU(get(v), i64.const(100_000_000)));
  const low = i32.wrap(i64.sub(get(v), i64.mul(get(high), i64.const(100_000_000))));
  emitDigits(e, { code: get(high), type: 'i64', range: value.range }, width - 8);
  emitDigits(e, i32Num(low), 8);
}

const i32Num = (code: Code): Num => ({ code, type: 'i32', range: { lo: 0n, hi: 99_999_999n } });

/** Up to four digits without leading zeros, of an i32 in [0, 10,000). */
function emitShort(e: Emitter, v: Local): void {
  const above = (limit: number): Code => i32.gtU(get(v), i32.const(limit));
  const count = e.hold('i32', i32.add(i32.add(i32.add(above(999), above(99)), above(9)), i32.const(1)));
  const drop = i32.shl(i32.sub(i32.const(4), get(count)), i32.const(3));
  const { base, offset } = e.out;
  e.f.emit(i32.store(base, offset, i32.shrU(digits4(e, get(v)), drop)));
  e.advance(get(count));
}

/** Writes a minus where there is one, without a branch, and returns the magnitude. */
function emitSign(e: Emitter, value: Num): Num {
  const { type, range } = value;
  if (range.lo >= 0n) return value;
  const ops = type === 'i32' ? i32 : i64;
  const v = e.hold(type, value.code);
  const negative = e.hold('i32', ops.ltS(get(v), ops.const(0)));
  const { base, offset } = e.out;
  e.f.emit(i32.store8(base, offset, i32.const(45)));
  e.advance(get(negative));
  const magnitude = e.hold(type, select(ops.sub(ops.const(0), get(v)), get(v), get(negative)));
  return { code: get(magnitude), type, range: { lo: 0n, hi: range.hi > -range.lo ? range.hi : -range.lo } };
}

/** A signed decimal without leading zeros. */
export function emitInteger(e: Emitter, value: Num): void {
  const positive = emitSign(e, value);
  const { range } = positive;
  if (range.hi < 10n) return emitDigits(e, positive, 1);
  if (range.hi < 10_000n) return emitShort(e, e.hold('i32', toI32(positive).code));
  e.settle();
  if (range.hi < 100_000_000n) {
    const v = e.hold('i32', toI32(positive).code);
    return emitMedium(e, v);
  }
  // Beyond eight digits a shared helper writes the number; smaller values of the same field stay on the short path.
  const wide = e.hold('i64', toI64(positive).code);
  const narrow = e.hold('i32', i32.const(0));
  const small = e.branch(() => {
    e.f.emit(set(narrow, i32.wrap(get(wide))));
    emitMedium(e, narrow);
  });
  const large = e.f.capture(() => e.f.emit(set(e.p, call(e.helpers.decimal, get(e.p), get(wide)))));
  e.f.emit(ifElse(i64.ltU(get(wide), i64.const(100_000_000)), small, large));
}

function emitMedium(e: Emitter, v: Local): void {
  const short = e.branch(() => emitShort(e, v));
  const long = e.branch(() => {
    const high = e.hold('i32', i32.divU(get(v), i32.const(10_000)));
    const low = e.hold('i32', i32.sub(get(v), i32.mul(get(high), i32.const(10_000))));
    emitShort(e, high);
    emitDigits(e, i32Num(get(low)), 4);
  });
  e.f.emit(ifElse(i32.ltU(get(v), i32.const(10_000)), short, long));
}

/** A signed decimal with a point before its last digits; trimmed: without zeros at its end. */
export function emitFixed(e: Emitter, value: Num, decimals: number, trimmed: boolean): void {
  if (decimals === 0) return emitInteger(e, value);
  const positive = emitSign(e, value);
  const { range } = positive;
  const scale = 10n ** BigInt(decimals);
  const narrow = range.hi < 2n ** 31n;
  const ops = narrow ? i32 : i64;
  const factor = narrow ? i32.const(Number(scale)) : i64.const(scale);
  const v = e.hold(narrow ? 'i32' : 'i64', (narrow ? toI32(positive) : toI64(positive)).code);
  const whole = e.hold(v.type, ops.divU(get(v), factor));
  const rest = e.hold(v.type, ops.sub(get(v), ops.mul(get(whole), factor)));
  const kind = narrow ? 'i32' : 'i64';
  emitInteger(e, { code: get(whole), type: kind, range: { lo: 0n, hi: range.hi / scale } });
  const fraction = (): void => {
    emitBytes(e, '.');
    emitDigits(e, { code: get(rest), type: kind, range: { lo: 0n, hi: scale - 1n } }, decimals);
  };
  if (!trimmed) return fraction();
  e.settle();
  const some = e.branch(() => {
    fraction();
    e.settle();
    const back = set(e.p, i32.sub(get(e.p), i32.const(1)));
    const isZero = i32.eq(i32.load8U(i32.sub(get(e.p), i32.const(1))), i32.const(48));
    // The last digit that is not 0 ends it: there is one.
    if (decimals > 1) e.f.emit(ifElse(isZero, loop([back, brIf(0, isZero)])));
  });
  e.f.emit(ifElse(narrow ? get(rest) : i32.eqz(i64.eqz(get(rest))), some));
}
