/**
 * Classic BPF as seccomp takes it (linux/filter.h, linux/bpf_common.h): instructions of 8 bytes, one accumulator, jumps forward only.
 * Only what a filter of system calls needs is here.
 */

/** One `struct sock_filter`: `jt` and `jf` say how many instructions are skipped when the comparison holds and when not. */
export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/** Codes of linux/bpf_common.h: class | size or operation | mode or source. */
export const LOAD_WORD = 0x20;
export const JUMP_EQUAL = 0x15;
export const JUMP_AT_LEAST = 0x35;
export const JUMP_ANY_BIT = 0x45;
export const RETURN = 0x06;

/** Offsets in `struct seccomp_data` (linux/seccomp.h). Arguments are 64 bits wide; their low half comes first on both architectures. */
export const CALL_NUMBER = 0;
export const ARCHITECTURE = 4;
export const argument = (index: number): number => 16 + 8 * index;

/** The kernel takes no longer program (BPF_MAXINSNS). */
const LONGEST = 4096;

export const load = (offset: number): Instruction => ({ code: LOAD_WORD, jt: 0, jf: 0, k: offset });
export const give = (action: number): Instruction => ({ code: RETURN, jt: 0, jf: 0, k: action });

/**
 * Two blocks behind a comparison: the first is run when it holds, the second when not. Each must end in a return.
 * @throws RangeError when the first block is longer than a jump reaches
 */
export function when(
  code: number,
  k: number,
  holds: readonly Instruction[],
  otherwise: readonly Instruction[],
): Instruction[] {
  if (holds.length > 255) throw new RangeError(`A jump over ${holds.length} instructions does not fit in 8 bits.`);
  return [{ code, jt: 0, jf: holds.length, k }, ...holds, ...otherwise];
}

/** The program as the kernel reads it: little-endian, as both architectures are. @throws RangeError when it is too long */
export function assemble(program: readonly Instruction[]): Buffer {
  if (program.length > LONGEST)
    throw new RangeError(`The kernel takes ${LONGEST} instructions, not ${program.length}.`);
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(({ code, jt, jf, k }, at) => {
    bytes.writeUInt16LE(code, at * 8);
    bytes.writeUInt8(jt, at * 8 + 2);
    bytes.writeUInt8(jf, at * 8 + 3);
    bytes.writeUInt32LE(k, at * 8 + 4);
  });
  return bytes;
}
