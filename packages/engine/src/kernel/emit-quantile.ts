import type { QuantileTable } from '../plan/program.ts';
import type { Emitter } from './emitter.ts';
import type { Env } from './op.ts';
import { type Code, f64, get, i32, i64, ifElse, ifValue, type Local, set } from './wasm/code.ts';

/**
 * A draw from a tabulated quantile function: the top ten bits of 32 choose a step, the rest interpolates; in the two
 * outermost steps the next ten bits choose a finer step, where tails bend most. Rounded to the nearest integer, clamped.
 */
export function quantileCode(e: Emitter, table: QuantileTable, env: Env, type: 'i32' | 'i64'): Code {
  const u = e.hold('i32', i32.wrap(e.nextHalf(env)));
  const value = e.hold('f64', f64.const(0));
  const step = e.hold('i32', i32.shrU(get(u), i32.const(22)));
  const fine = i32.and(i32.shrU(get(u), i32.const(12)), i32.const(1023));
  const inner = interpolate(e, table.main, get(step), i32.and(get(u), i32.const(0x3fffff)), 2 ** -22, value);
  const tail = (values: readonly number[]): Code => {
    const at = e.hold('i32', i32.const(0));
    return [set(at, fine), interpolate(e, values, get(at), i32.and(get(u), i32.const(0xfff)), 2 ** -12, value)];
  };
  const outer = ifElse(get(step), tail(table.high), tail(table.low));
  e.f.emit(ifElse(i32.ltU(i32.sub(get(step), i32.const(1)), i32.const(1022)), inner, outer));
  e.f.emit(set(value, f64.floor(f64.add(get(value), f64.const(0.5)))));
  clamp(e, value, table.min, table.max);
  const rounded = i64.fromF64S(get(value));
  return get(e.hold(type, type === 'i32' ? i32.wrap(rounded) : rounded));
}

function interpolate(e: Emitter, values: readonly number[], index: Code, rest: Code, scale: number, into: Local): Code {
  const address = e.data.numbers(values, 'f64').address;
  const at = i32.shl(index, i32.const(3));
  const from = f64.load(at, address);
  const rise = f64.sub(f64.load(at, address + 8), f64.load(at, address));
  return set(into, f64.add(from, f64.mul(rise, f64.mul(f64.fromI32U(rest), f64.const(scale)))));
}

function clamp(e: Emitter, value: Local, min: number, max: number): void {
  e.f.emit(set(value, ifValue('f64', f64.lt(get(value), f64.const(min)), f64.const(min), get(value))));
  e.f.emit(set(value, ifValue('f64', f64.lt(f64.const(max), get(value)), f64.const(max), get(value))));
}
