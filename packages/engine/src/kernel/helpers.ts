import { DRAW_STEP, GOLDEN } from '../random/mix.ts';
import { emitDigits } from './emit-number.ts';
import type { Emitter } from './emitter.ts';
import { KEY_RECORD } from './key-table.ts';
import { brIf, call, get, i32, i64, ifElse, loop, set } from './wasm/code.ts';
import { FunctionBuilder } from './wasm/function-builder.ts';

/** decimal(p, v): writes an unsigned 64-bit number without leading zeros and returns the next address. */
export function buildDecimal(f: FunctionBuilder, e: Emitter, self: number): void {
  const v = f.param(1);
  const rest = f.bind('i64', i64.divU(get(v), i64.const(100_000_000)));
  const low = f.bind('i64', i64.sub(get(v), i64.mul(get(rest), i64.const(100_000_000))));
  const first = f.capture(() => {
    // The leading group has no zeros in front: one digit at a time, at most eight.
    const digits = f.bind('i32', i32.const(1));
    const bound = f.bind('i64', i64.const(10));
    const widen = [
      set(digits, i32.add(get(digits), i32.const(1))),
      set(bound, i64.mul(get(bound), i64.const(10))),
      brIf(0, i64.geU(get(low), get(bound))),
    ];
    f.emit(ifElse(i64.geU(get(low), get(bound)), loop(widen)));
    const at = f.bind('i32', i32.add(get(e.p), get(digits)));
    f.emit(set(e.p, get(at)));
    const digit = i32.add(i32.wrap(i64.remU(get(low), i64.const(10))), i32.const(48));
    const write = [
      set(at, i32.sub(get(at), i32.const(1))),
      i32.store8(get(at), 0, digit),
      set(low, i64.divU(get(low), i64.const(10))),
      set(digits, i32.sub(get(digits), i32.const(1))),
      brIf(0, get(digits)),
    ];
    f.emit(loop(write));
  });
  const further = e.branch(() => {
    f.emit(set(e.p, call(self, get(e.p), get(rest))));
    emitDigits(e, { code: get(low), type: 'i64', range: { lo: 0n, hi: 99_999_999n } }, 8);
  });
  f.emit(ifElse(i64.eqz(get(rest)), first, further), get(e.p));
}

/** seed(): fills in the keys that the records between two addresses tell of (key-table.ts). */
export function buildSeed(f: FunctionBuilder, records: { start: number; end: number }, seedWord: number): void {
  const at = f.bind('i32', i32.const(records.start));
  const z = f.local('i64');
  const round = (shift: number, factor: bigint): void =>
    f.emit(set(z, i64.mul(i64.xor(get(z), i64.shrU(get(z), i64.const(shift))), i64.const(factor))));
  const body = f.capture(() => {
    f.emit(set(z, i64.add(i64.xor(i64.load(i32.const(seedWord)), i64.load(get(at))), i64.const(GOLDEN))));
    round(30, 0xbf58476d1ce4e5b9n);
    round(27, 0x94d049bb133111ebn);
    const key = i64.xor(get(z), i64.shrU(get(z), i64.const(31)));
    f.emit(i64.store(i32.load(get(at), 16), 0, i64.add(key, i64.load(get(at), 8))));
    f.emit(set(at, i32.add(get(at), i32.const(KEY_RECORD))), brIf(0, i32.ltU(get(at), i32.const(records.end))));
  });
  if (records.end > records.start) f.emit(loop(body));
}

/** Feistel rounds: with a full 64-bit mixer as round function four suffice (Luby and Rackoff 1988). */
export const PERMUTE_ROUNDS = 4;

/**
 * permute(x, size, left, right, key): a bijection of [0, size); x counts modulo size, or the walk might never end. A Feistel network over left + right
 * bits, walked until the value falls below size again (cycle walking: Black and Rogaway, "Ciphers with arbitrary finite
 * domains", CT-RSA 2002); at most half of the network's domain lies outside, so two steps are expected at worst.
 */
function buildPermute(): FunctionBuilder {
  const f = new FunctionBuilder(['i64', 'i64', 'i64', 'i64', 'i64'], ['i64']);
  const [x, size, left, right, key] = [0, 1, 2, 3, 4].map((index) => f.param(index));
  if (x === undefined || size === undefined || left === undefined || right === undefined || key === undefined) return f;
  const half = (bits: typeof left) => i64.sub(i64.shl(i64.const(1), get(bits)), i64.const(1));
  const [a, b, t, aBits, bBits, swap] = (['i64', 'i64', 'i64', 'i64', 'i64', 'i64'] as const).map((type) =>
    f.local(type),
  );
  if (!a || !b || !t || !aBits || !bBits || !swap) return f;
  const rounds = f.capture(() => {
    f.emit(set(aBits, get(left)), set(bBits, get(right)));
    f.emit(set(a, i64.shrU(get(x), get(right))), set(b, i64.and(get(x), half(right))));
    for (let round = 0; round < PERMUTE_ROUNDS; round++) {
      f.emit(set(t, i64.add(i64.add(get(b), get(key)), i64.const(BigInt(round) * DRAW_STEP))));
      f.emit(set(t, i64.mul(i64.xor(get(t), i64.shrU(get(t), i64.const(30))), i64.const(0xbf58476d1ce4e5b9n))));
      f.emit(set(t, i64.mul(i64.xor(get(t), i64.shrU(get(t), i64.const(27))), i64.const(0x94d049bb133111ebn))));
      f.emit(set(t, i64.shrU(get(t), i64.const(31))));
      f.emit(set(t, i64.xor(get(a), i64.and(get(t), half(aBits)))));
      f.emit(set(a, get(b)), set(b, get(t)));
      f.emit(set(swap, get(aBits)), set(aBits, get(bBits)), set(bBits, get(swap)));
    }
    // After an even number of rounds the halves have their first sizes again.
    f.emit(set(x, i64.or(i64.shl(get(a), get(right)), get(b))));
    f.emit(brIf(0, i64.geU(get(x), get(size))));
  });
  f.emit(set(x, i64.remU(get(x), get(size))), loop(rounds), get(x));
  return f;
}

/** The same in all kernels. */
export const PERMUTE = buildPermute();
