import { JUMP_ANY_BIT, JUMP_AT_LEAST, JUMP_EQUAL, LOAD_WORD, RETURN } from '../bpf.ts';

/** One system call as `struct seccomp_data` holds it. */
export interface Call {
  readonly number: number;
  readonly architecture: number;
  readonly arguments?: readonly bigint[];
}

/** What a filter says of a call, found by running its bytes as the kernel would. @throws Error for a program the kernel would refuse */
export function interpret(filter: Buffer, { number, architecture, arguments: given = [] }: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(architecture, 4);
  given.forEach((value, index) => data.writeBigUInt64LE(BigInt.asUintN(64, value), 16 + 8 * index));
  let accumulator = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const code = filter.readUInt16LE(at * 8);
    const k = filter.readUInt32LE(at * 8 + 4);
    if (code === LOAD_WORD) accumulator = data.readUInt32LE(k);
    else if (code === RETURN) return k;
    else at += filter.readUInt8(at * 8 + (holds(code, accumulator, k) ? 2 : 3));
  }
  throw new Error('The program ends without a verdict.');
}

function holds(code: number, accumulator: number, k: number): boolean {
  if (code === JUMP_EQUAL) return accumulator === k;
  if (code === JUMP_AT_LEAST) return accumulator >= k;
  if (code === JUMP_ANY_BIT) return (accumulator & k) !== 0;
  throw new Error(`There is no instruction ${code}.`);
}
