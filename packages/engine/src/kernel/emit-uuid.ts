import { HEX2 } from './digit-tables.ts';
import { scaled } from './emit-int.ts';
import type { Emitter } from './emitter.ts';
import type { Env } from './op.ts';
import { get, i32, i64, type Local, v128 } from './wasm/code.ts';

/**
 * A version 4 UUID (RFC 9562, section 5.4) from two words. The four bits that the version displaces in the first word move
 * into the second, so that the whole first word, a bijection of the row, is in the text: no two rows share a UUID.
 */
export function emitUuid(e: Emitter, env: Env): void {
  const a = e.nextWord(env);
  const b = e.nextWord(env);
  const high = e.hold('i64', i64.or(i64.and(get(a), i64.const(0xffffffffffff0fffn)), i64.const(0x4000n)));
  const moved = i64.shl(i64.and(i64.shrU(get(a), i64.const(12)), i64.const(15)), i64.const(58));
  const variant = i64.const(0x8000000000000000n);
  const low = e.hold('i64', i64.or(i64.or(i64.shrU(get(b), i64.const(6)), moved), variant));
  if (e.simd) emitUuidVector(e, high, low);
  else emitUuidScalar(e, high, low);
  e.skip(36);
}

const DASHES = [8, 13, 18, 23];

/** Position in the text of the first of the two digits of byte `i`. */
const positionOf = (i: number): number => 2 * i + Number(i >= 4) + Number(i >= 6) + Number(i >= 8) + Number(i >= 10);

function emitUuidVector(e: Emitter, high: Local, low: Local): void {
  const nibbles = e.hold('v128', v128.replaceLaneI64(v128.splatI64(get(high)), 1, get(low)));
  const hex = v128.const([...'0123456789abcdef'].map((c) => c.charCodeAt(0)));
  const mask = v128.const(Array.from({ length: 16 }, () => 15));
  const upper = e.hold('v128', v128.swizzle(hex, v128.and(v128.shrU16(get(nibbles), 4), mask)));
  const lower = e.hold('v128', v128.swizzle(hex, v128.and(get(nibbles), mask)));
  // lane[c]: which byte of upper (0-15) or lower (16-31) stands at character c; words lie in memory low byte first.
  const lane = new Array<number>(48).fill(0);
  for (let i = 0; i < 16; i++) {
    const at = i < 8 ? 7 - i : 23 - i;
    lane[positionOf(i)] = at;
    lane[positionOf(i) + 1] = 16 + at;
  }
  const { base, offset } = e.out;
  for (const start of [0, 16, 32]) {
    e.f.emit(v128.store(base, offset + start, v128.shuffle(get(upper), get(lower), lane.slice(start, start + 16))));
  }
  for (const dash of DASHES) e.f.emit(i32.store8(base, offset + dash, i32.const(45)));
}

function emitUuidScalar(e: Emitter, high: Local, low: Local): void {
  const table = e.data.numbers(HEX2);
  const { base, offset } = e.out;
  for (let i = 0; i < 16; i++) {
    const word = i < 8 ? high : low;
    const byte = i32.and(i32.wrap(i64.shrU(get(word), i64.const(8 * (7 - (i % 8))))), i32.const(255));
    e.f.emit(i32.store16(base, offset + positionOf(i), i32.load16U(scaled(byte, 2), table.address)));
  }
  for (const dash of DASHES) e.f.emit(i32.store8(base, offset + dash, i32.const(45)));
}
