import { emitInt, scaled, toI32 } from './emit-int.ts';
import type { Emitter } from './emitter.ts';
import type { Op } from './op.ts';
import { brIf, type Code, get, i32, i64, type Local, loop, set, v128 } from './wasm/code.ts';

const encoder = new TextEncoder();
/** Texts that are longer stand beside the code and are copied: a function has a largest size, of some megabytes. */
const MOST_IN_CODE = 2048;

/** Constant bytes, in stores of up to 16; a store may spill past its text, for the next write covers it. */
export function emitBytes(e: Emitter, text: string): void {
  const bytes = encoder.encode(text);
  if (bytes.length > MOST_IN_CODE) return emitIndexedPick(e, e.data.strings([text]).address, i32.const(0));
  for (let start = 0; start < bytes.length; ) {
    const left = bytes.length - start;
    const size = e.simd && left > 8 ? 16 : left > 4 ? 8 : left > 2 ? 4 : left;
    const { base, offset } = e.out;
    if (size === 16) {
      e.f.emit(v128.store(base, offset, v128.const(Array.from({ length: 16 }, (_, i) => bytes[start + i] ?? 0))));
    } else {
      let word = 0n;
      for (let i = size - 1; i >= 0; i--) word = (word << 8n) | BigInt(bytes[start + i] ?? 0);
      if (size === 8) e.f.emit(i64.store(base, offset, i64.const(word)));
      else if (size === 4) e.f.emit(i32.store(base, offset, i32.const(Number(word))));
      else if (size === 2) e.f.emit(i32.store16(base, offset, i32.const(Number(word))));
      else e.f.emit(i32.store8(base, offset, i32.const(Number(word))));
    }
    e.skip(Math.min(size, left));
    start += size;
  }
}

/** Copies 16 bytes to the output at `extra` past the next byte. */
function copy16(e: Emitter, from: Code, offset: number, extra = 0): void {
  const out = e.out;
  const to = out.offset + extra;
  if (e.simd) e.f.emit(v128.store(out.base, to, v128.load(from, offset)));
  else {
    e.f.emit(i64.store(out.base, to, i64.load(from, offset)));
    e.f.emit(i64.store(out.base, to + 8, i64.load(from, offset + 8)));
  }
}

/** One entry of a list of texts. */
export function emitPick(e: Emitter, op: Extract<Op, { o: 'pick' }>): void {
  const table = e.data.strings(op.from, op.before, op.after);
  const index = toI32(emitInt(e, op.index, op.env)).code;
  if (table.layout === 'indexed') return emitIndexedPick(e, table.address, index);
  const at = e.hold('i32', scaled(index, table.layout));
  const { base, offset } = e.out;
  if (table.layout === 8) e.f.emit(i64.store(base, offset, i64.load(get(at), table.address)));
  else copy16(e, get(at), table.address);
  if (table.layout === 32) copy16(e, get(at), table.address + 16, 16);
  if (table.fixedLength !== undefined) e.skip(table.fixedLength);
  else e.advance(i32.load8U(get(at), table.address + table.layout - 1));
}

function emitIndexedPick(e: Emitter, address: number, index: Code): void {
  const at = e.hold('i32', scaled(index, 8));
  const from = e.hold('i32', i32.load(get(at), address));
  const length = e.hold('i32', i32.load(get(at), address + 4));
  copyBytes(e, from, length);
}

/** Copies `length` bytes, 16 at a time; source and target have 16 bytes to spare. */
export function copyBytes(e: Emitter, from: Local, length: Local): void {
  e.settle();
  const end = e.hold('i32', i32.add(get(e.p), get(length)));
  const body = e.f.capture(() => {
    copy16(e, get(from), 0);
    e.f.emit(set(from, i32.add(get(from), i32.const(16))), set(e.p, i32.add(get(e.p), i32.const(16))));
    e.f.emit(brIf(0, i32.ltU(get(e.p), get(end))));
  });
  e.f.emit(loop(body), set(e.p, get(end)));
}
