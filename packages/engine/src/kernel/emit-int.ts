import type { AliasTable, Int } from '../plan/program.ts';
import { CHAIN_BITS, HALF_WORD_LIMIT } from './draws.ts';
import { quantileCode } from './emit-quantile.ts';
import { realCode } from './emit-real.ts';
import type { Emitter } from './emitter.ts';
import type { Env } from './op.ts';
import { fitsI32, type Range, rangeOf } from './range.ts';
import { type Code, f64, get, i32, i64, select, type ValueType } from './wasm/code.ts';

/** Code that leaves an integer on the stack. It has no side effects: draws were made when it was built. */
export interface Num {
  readonly code: Code;
  readonly type: Extract<ValueType, 'i32' | 'i64'>;
  readonly range: Range;
}

const LOW_32 = i64.const(0xffffffff);

/** Emits the draws of an integer expression and returns the code of its value. */
export function emitInt(e: Emitter, int: Int, env: Env): Num {
  const range = rangeOf(int, e.ranges);
  const type = fitsI32(range) ? 'i32' : 'i64';
  const num = (code: Code, actual: Num['type'] = type): Num => ({ code, type: actual, range });
  switch (int.op) {
    case 'const':
      return num(type === 'i32' ? i32.const(Number(int.value)) : i64.const(BigInt(int.value)));
    case 'row':
      return num(get(e.level(env.scope.level).row), 'i64');
    case 'draw':
      return num(emitDraw(e, int.below, env), int.below <= 2 ** 31 ? 'i32' : 'i64');
    case 'shared': {
      const half = e.sharedHalf(env.scope, int.group, int.slot);
      if (int.odds !== undefined) return num(weightedIndex(e, half, int.odds));
      return num(i32.wrap(i64.shrU(i64.mul(half, i64.const(int.below)), i64.const(32))));
    }
    case 'get': {
      const variable = e.variables.get(int.name);
      if (variable === undefined) throw new Error(`unbound variable ${int.name}`);
      return num(get(variable), variable.type === 'i32' ? 'i32' : 'i64');
    }
    case 'less': {
      const [a, b, wide] = operands(e, int.a, int.b, env);
      return num(wide ? i64.ltS(a, b) : i32.ltS(a, b));
    }
    case 'below': {
      const [a, b] = [int.a, int.b].map((real) => realCode(real, (inner) => emitInt(e, inner, env))) as [Code, Code];
      return num(f64.lt(a, b));
    }
    case 'select': {
      const [a, b] = [emitInt(e, int.a, env), emitInt(e, int.b, env)];
      const on = toI32(emitInt(e, int.on, env)).code;
      return type === 'i32'
        ? num(select(toI32(a).code, toI32(b).code, on))
        : num(select(toI64(a).code, toI64(b).code, on));
    }
    case 'lookup': {
      const { address, width } = e.data.numbers(int.table);
      const at = scaled(toI32(emitInt(e, int.index, env)).code, width);
      if (width === 1) return num(i32.load8U(at, address), 'i32');
      if (width === 2) return num(i32.load16U(at, address), 'i32');
      return width === 4 ? num(i32.load(at, address), 'i32') : num(i64.load(at, address), 'i64');
    }
    case 'weighted':
      return num(weightedIndex(e, e.nextHalf(env), int.odds));
    case 'quantile':
      return num(quantileCode(e, int.table, env, type));
    case 'permute': {
      const of = toI64(emitInt(e, int.of, env)).code;
      return num(get(e.hold(type, permuteCode(e, of, int.size, env, type))));
    }
    default: {
      const a = emitInt(e, int.a, env);
      const b = emitInt(e, int.b, env);
      return arithmetic(int.op, a, b, type, range);
    }
  }
}

/** An index with the odds of an alias table, from 32 bits in an i64. */
function weightedIndex(e: Emitter, half: Code, { threshold, alias }: AliasTable): Code {
  const product = e.hold('i64', i64.mul(half, i64.const(alias.length)));
  const index = e.hold('i32', i32.wrap(i64.shrU(get(product), i64.const(32))));
  const at = scaled(get(index), 4);
  const keep = i32.ltU(i32.wrap(get(product)), i32.load(at, e.data.numbers(threshold, 'u32').address));
  const other = i32.load(at, e.data.numbers(alias, 'u32').address);
  return get(e.hold('i32', select(get(index), other, keep)));
}

function arithmetic(op: 'add' | 'sub' | 'mul' | 'div' | 'mod', a: Num, b: Num, type: Num['type'], range: Range): Num {
  // Narrow only when operands and result are narrow: a 32-bit remainder of a 64-bit value needs the wide division.
  const narrow = type === 'i32' && a.type === 'i32' && b.type === 'i32';
  const unsigned = a.range.lo >= 0n && b.range.lo >= 0n;
  const ops = narrow ? i32 : i64;
  const left = narrow ? a.code : toI64(a).code;
  const right = narrow ? b.code : toI64(b).code;
  const code = {
    add: () => ops.add(left, right),
    sub: () => ops.sub(left, right),
    mul: () => ops.mul(left, right),
    div: () => (unsigned ? ops.divU(left, right) : ops.divS(left, right)),
    mod: () => (unsigned ? ops.remU(left, right) : ops.remS(left, right)),
  }[op]();
  if (narrow) return { code, type: 'i32', range };
  return type === 'i32' ? { code: i32.wrap(code), type: 'i32', range } : { code, type: 'i64', range };
}

function operands(e: Emitter, a: Int, b: Int, env: Env): [Code, Code, boolean] {
  const left = emitInt(e, a, env);
  const right = emitInt(e, b, env);
  if (left.type === 'i32' && right.type === 'i32') return [left.code, right.code, false];
  return [toI64(left).code, toI64(right).code, true];
}

/** A uniform integer in [0, below) from the field's stream; i64 code when `below` is above 2^31, else i32. */
export function emitDraw(e: Emitter, below: number, env: Env): Code {
  if (below === 1) return i32.const(0);
  const state = e.drawState(env);
  if (below <= HALF_WORD_LIMIT) {
    const bits = Math.log2(below);
    const chain = state.chain !== undefined && state.chain.bits + bits <= CHAIN_BITS ? state.chain : undefined;
    const source = chain === undefined ? e.nextHalf(env) : i64.and(get(chain.local), LOW_32);
    const product = e.hold('i64', i64.mul(source, i64.const(below)));
    state.chain = { local: product, bits: (chain?.bits ?? 0) + bits };
    return get(e.hold('i32', i32.wrap(i64.shrU(get(product), i64.const(32)))));
  }
  const w = e.nextWord(env);
  e.flushDraws(env);
  if (below <= 2 ** 32) {
    // The high 32 bits of (64-bit word * below) / 2^32, without a 128-bit product.
    const high = i64.mul(i64.shrU(get(w), i64.const(32)), i64.const(below));
    const low = i64.shrU(i64.mul(i64.and(get(w), LOW_32), i64.const(below)), i64.const(32));
    const result = i64.shrU(i64.add(high, low), i64.const(32));
    return below <= 2 ** 31 ? get(e.hold('i32', i32.wrap(result))) : get(e.hold('i64', result));
  }
  // 53 random bits as a fraction; exact in doubles, so the same everywhere.
  const fraction = f64.mul(f64.fromI64U(i64.shrU(get(w), i64.const(11))), f64.const(below * 2 ** -53));
  return get(e.hold('i64', i64.fromF64U(fraction)));
}

function permuteCode(e: Emitter, of: Code, size: bigint, env: Env, type: Num['type']): Code {
  const bits = Math.max(2, (size - 1n).toString(2).length);
  const left = bits >> 1;
  const args = [of, i64.const(size), i64.const(left), i64.const(bits - left), e.key(env.uniquePath)];
  const image: Code = [args, 0x10, e.helpers.permute];
  return type === 'i32' ? i32.wrap(image) : image;
}

export const toI64 = (num: Num): Num =>
  num.type === 'i64'
    ? num
    : { ...num, type: 'i64', code: num.range.lo < 0n ? i64.extendS(num.code) : i64.extendU(num.code) };
export const toI32 = (num: Num): Num => (num.type === 'i32' ? num : { ...num, type: 'i32', code: i32.wrap(num.code) });

/** index * width as an address. */
export const scaled = (index: Code, width: 1 | 2 | 4 | 8 | 16 | 32): Code =>
  width === 1 ? index : i32.shl(index, i32.const(Math.log2(width)));
