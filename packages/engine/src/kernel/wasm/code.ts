/**
 * Instruction builders. A piece of code is a tree of bytes that is flattened once, when the function is encoded, so that
 * composing costs nothing however deep the nesting. Opcodes: WebAssembly 2.0 specification, chapter 5.4 (instructions).
 */
export type Code = readonly (number | Code)[] | Uint8Array;

/** A local variable of the function under construction, by index. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

export type ValueType = 'i32' | 'i64' | 'f64' | 'v128';

/** Unsigned LEB128. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    let byte = rest & 127;
    rest >>>= 7;
    if (rest !== 0) byte |= 128;
    bytes.push(byte);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128 of 32 bits: nearly all numbers are, and sums of big ones cost much more. */
function sleb32(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 127;
    rest >>= 7;
    if ((rest === 0 && (byte & 64) === 0) || (rest === -1 && (byte & 64) !== 0)) {
      bytes.push(byte);
      return bytes;
    }
    bytes.push(byte | 128);
  }
}

/** Signed LEB128 of any width. */
function sleb(value: bigint): number[] {
  if (value === BigInt.asIntN(32, value)) return sleb32(Number(value));
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = Number(rest & 127n);
    rest >>= 7n;
    if ((rest === 0n && (byte & 64) === 0) || (rest === -1n && (byte & 64) !== 0)) {
      bytes.push(byte);
      return bytes;
    }
    bytes.push(byte | 128);
  }
}

const f64Bytes = (value: number): number[] => [...new Uint8Array(new Float64Array([value]).buffer)];

const unary =
  (opcode: number) =>
  (a: Code): Code => [a, opcode];
const binary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [a, b, opcode];
// The alignment hint is left at 0 (any): output is written at arbitrary addresses.
const load =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [address, opcode, 0, leb(offset)];
const store =
  (...opcode: number[]) =>
  (address: Code, offset: number, value: Code): Code => [address, value, opcode, 0, leb(offset)];

export const get = (local: Local): Code => [0x20, leb(local.index)];
export const set = (local: Local, value: Code): Code => [value, 0x21, leb(local.index)];
export const tee = (local: Local, value: Code): Code => [value, 0x22, leb(local.index)];
export const call = (functionIndex: number, ...args: Code[]): Code => [args, 0x10, leb(functionIndex)];

export const i32 = {
  const: (value: number): Code => [0x41, sleb32(value | 0)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  divU: binary(0x6e),
  divS: binary(0x6d),
  remU: binary(0x70),
  remS: binary(0x6f),
  and: binary(0x71),
  or: binary(0x72),
  xor: binary(0x73),
  shl: binary(0x74),
  shrU: binary(0x76),
  eqz: unary(0x45),
  eq: binary(0x46),
  ltS: binary(0x48),
  ltU: binary(0x49),
  gtU: binary(0x4b),
  gtS: binary(0x4a),
  leU: binary(0x4d),
  geU: binary(0x4f),
  wrap: unary(0xa7),
  load: load(0x28),
  load8U: load(0x2d),
  load16U: load(0x2f),
  store: store(0x36),
  store8: store(0x3a),
  store16: store(0x3b),
};

export const i64 = {
  const: (value: bigint | number): Code => [
    0x42,
    typeof value === 'number' && value === (value | 0) ? sleb32(value) : sleb(BigInt.asIntN(64, BigInt(value))),
  ],
  add: binary(0x7c),
  sub: binary(0x7d),
  mul: binary(0x7e),
  divU: binary(0x80),
  divS: binary(0x7f),
  remU: binary(0x82),
  remS: binary(0x81),
  and: binary(0x83),
  or: binary(0x84),
  xor: binary(0x85),
  shl: binary(0x86),
  shrS: binary(0x87),
  shrU: binary(0x88),
  eqz: unary(0x50),
  eq: binary(0x51),
  ltS: binary(0x53),
  ltU: binary(0x54),
  geU: binary(0x5a),
  leU: binary(0x58),
  extendU: unary(0xad),
  extendS: unary(0xac),
  fromF64U: (a: Code): Code => [a, 0xfc, 0x07], // i64.trunc_sat_f64_u: never traps
  /** The bits of a double. */
  ofF64: unary(0xbd),
  fromF64S: (a: Code): Code => [a, 0xfc, 0x06], // i64.trunc_sat_f64_s
  load: load(0x29),
  store: store(0x37),
};

export const f64 = {
  const: (value: number): Code => [0x44, f64Bytes(value)],
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  abs: unary(0x99),
  eq: binary(0x61),
  floor: unary(0x9c),
  lt: binary(0x63),
  fromI32S: unary(0xb7),
  fromI32U: unary(0xb8),
  fromI64S: unary(0xb9),
  fromI64U: unary(0xba),
  load: load(0x2b),
};

export const v128 = {
  const: (bytes: readonly number[]): Code => [0xfd, 0x0c, bytes],
  load: load(0xfd, 0x00),
  store: store(0xfd, 0x0b),
  or: (a: Code, b: Code): Code => [a, b, 0xfd, leb(0x50)],
  and: (a: Code, b: Code): Code => [a, b, 0xfd, leb(0x4e)],
  splatI64: (a: Code): Code => [a, 0xfd, leb(0x12)],
  replaceLaneI64: (a: Code, lane: number, b: Code): Code => [a, b, 0xfd, leb(0x1e), lane],
  shrU16: (a: Code, bits: number): Code => [a, i32.const(bits), 0xfd, leb(0x8d), 0x01],
  swizzle: (a: Code, b: Code): Code => [a, b, 0xfd, leb(0x0e)],
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code => [a, b, 0xfd, leb(0x0d), lanes],
};

/** Copies bytes; source and target may overlap. */
export const memoryCopy = (to: Code, from: Code, length: Code): Code => [to, from, length, 0xfc, 0x0a, 0, 0];

export const select = (ifTrue: Code, ifFalse: Code, condition: Code): Code => [ifTrue, ifFalse, condition, 0x1b];
export const loop = (body: Code): Code => [0x03, 0x40, body, 0x0b];
export const block = (body: Code): Code => [0x02, 0x40, body, 0x0b];
export const br = (depth: number): Code => [0x0c, leb(depth)];
export const brIf = (depth: number, condition: Code): Code => [condition, 0x0d, leb(depth)];
export const brTable = (depths: readonly number[], otherwise: number, index: Code): Code => [
  index,
  0x0e,
  leb(depths.length),
  depths.map(leb),
  leb(otherwise),
];
export const ifElse = (condition: Code, then: Code, otherwise?: Code): Code =>
  otherwise === undefined ? [condition, 0x04, 0x40, then, 0x0b] : [condition, 0x04, 0x40, then, 0x05, otherwise, 0x0b];
const resultByte: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b };
export const ifValue = (type: ValueType, condition: Code, then: Code, otherwise: Code): Code => [
  condition,
  0x04,
  resultByte[type],
  then,
  0x05,
  otherwise,
  0x0b,
];

/** The binary code of a value type. */
export const valueTypeByte = (type: ValueType): number => resultByte[type];

/** Where code is flattened, one tree after the other: most are smaller than what it would cost to make room for each. */
let scratch = new Uint8Array(1 << 14);
let length = 0;

/** Flattens code into bytes. */
export function flatten(code: Code): Uint8Array<ArrayBuffer> {
  length = 0;
  visit(code);
  return scratch.slice(0, length);
}

function makeRoom(more: number): void {
  if (length + more <= scratch.length) return;
  const larger = new Uint8Array(Math.max(scratch.length * 2, length + more));
  larger.set(scratch);
  scratch = larger;
}

function visit(part: Code): void {
  if (part instanceof Uint8Array) {
    makeRoom(part.length);
    scratch.set(part, length);
    length += part.length;
    return;
  }
  makeRoom(part.length);
  // By index: there are thousands of small arrays, and an iterator for each would cost more than their bytes.
  for (let i = 0; i < part.length; i++) {
    const inner = part[i] as number | Code;
    if (typeof inner === 'number') scratch[length++] = inner;
    else {
      visit(inner);
      makeRoom(part.length - i);
    }
  }
}
