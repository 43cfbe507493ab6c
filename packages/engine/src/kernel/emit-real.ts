import type { Int, Real } from '../plan/program.ts';
import type { Emitter } from './emitter.ts';
import { type Code, call, f64, get, i32, type Local, select, set } from './wasm/code.ts';

/** Code of a double. IEEE 754 leaves no choice in the last bit of these operations: it is the double of JavaScript. @param code of an integer */
export function realCode(real: Real, code: (int: Int) => { readonly type: 'i32' | 'i64'; readonly code: Code }): Code {
  switch (real.r) {
    case 'decimal': {
      const units = code(real.units);
      const whole = units.type === 'i32' ? f64.fromI32S(units.code) : f64.fromI64S(units.code);
      // Both are doubles without a rounding, so that their quotient is the double nearest to the decimal.
      return real.decimals === 0 ? whole : f64.div(whole, f64.const(10 ** real.decimals));
    }
    case 'select': {
      const on = code(real.on);
      return select(realCode(real.a, code), realCode(real.b, code), on.type === 'i32' ? on.code : i32.wrap(on.code));
    }
    default:
      return f64[real.r](realCode(real.a, code), realCode(real.b, code));
  }
}

/** Writes a double as JavaScript does. */
export function emitReal(e: Emitter, v: Local): void {
  const { base, offset } = e.out;
  const negative = e.hold('i32', f64.lt(get(v), f64.const(0)));
  e.f.emit(i32.store8(base, offset, i32.const(45)));
  e.advance(get(negative));
  e.f.emit(set(e.p, call(e.helpers.real(), get(e.p), f64.abs(get(v)))));
}
