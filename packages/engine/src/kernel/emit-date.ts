import { type Num, toI32 } from './emit-int.ts';
import { digits4 } from './emit-number.ts';
import type { Emitter } from './emitter.ts';
import { type Code, get, i32, i64, type Local } from './wasm/code.ts';

/**
 * YYYY-MM-DD of days since 1970-01-01, by multiplications: C. Neri, L. Schneider, "Euclidean affine functions and their
 * application to calendar algorithms", Software: Practice and Experience 53 (2023). Years 0000 to 9999.
 */
export function emitDate(e: Emitter, days: Num): void {
  const hold32 = (code: Code): Local => e.hold('i32', code);
  const c = i32.const;
  // Days since 0000-03-01; 719468 lie between it and the epoch.
  const n1 = hold32(i32.add(i32.mul(i32.add(toI32(days).code, c(719_468)), c(4)), c(3)));
  const century = hold32(i32.divU(get(n1), c(146_097)));
  const n2 = hold32(i32.or(i32.sub(get(n1), i32.mul(get(century), c(146_097))), c(3)));
  const p2 = e.hold('i64', i64.mul(i64.extendU(get(n2)), i64.const(2_939_745)));
  const yearOfCentury = hold32(i32.wrap(i64.shrU(get(p2), i64.const(32))));
  const dayOfYear = i32.divU(i32.divU(i32.wrap(get(p2)), c(2_939_745)), c(4));
  const n3 = hold32(i32.add(i32.mul(dayOfYear, c(2141)), c(197_913)));
  const month = hold32(i32.shrU(get(n3), c(16)));
  const late = hold32(i32.geU(get(month), c(13))); // January and February belong to the next year
  const day = hold32(i32.add(i32.divU(i32.and(get(n3), c(0xffff)), c(2141)), c(1)));
  const year = i32.add(i32.add(i32.mul(get(century), c(100)), get(yearOfCentury)), get(late));
  const monthOfYear = i32.sub(get(month), i32.mul(get(late), c(12)));
  const { base, offset } = e.out;
  e.f.emit(i32.store(base, offset, digits4(e, year)));
  // "-MM-": the two digits moved into the middle of a word of dashes.
  const middle = i32.or(i32.shl(i32.shrU(digits4(e, monthOfYear), c(16)), c(8)), c(0x2d00002d));
  e.f.emit(i32.store(base, offset + 4, middle));
  e.f.emit(i32.store16(base, offset + 8, i32.shrU(digits4(e, get(day)), c(16))));
  e.skip(10);
}
