import type { Local } from './wasm/code.ts';

/** Where a stream stands while its field is being emitted. */
export interface DrawState {
  /** Next draw number; its constant is folded into the key. */
  next: number;
  /** In a loop: a local that holds key + row * GOLDEN + (draws so far) * DRAW_STEP. */
  base: Local | undefined;
  /** The 64-bit word whose low half is still unused. */
  low: Local | undefined;
  /** The remainder of a multiply-shift draw and how many bits were taken from its 32. */
  chain: { local: Local; bits: number } | undefined;
}

/** Uniform draws below this come from 32 bits: a relative bias of at most 2^-8 in any one value's odds. */
export const HALF_WORD_LIMIT = 2 ** 24;
/** Bits that may be taken from one half word by chaining, leaving 12 against bias. */
export const CHAIN_BITS = 20;

export const freshDraws = (): DrawState => ({ next: 0, base: undefined, low: undefined, chain: undefined });
