import { hashPair } from './hash.ts';

/** 2^14 registers. */
const BITS = 14;
const REGISTERS = 2 ** BITS;

/** Relative standard error of an estimate: 1.04 / √registers. */
export const DISTINCT_ERROR = 1.04 / Math.sqrt(REGISTERS);

/**
 * How many different texts there were: exactly up to a limit, beyond it estimated by HyperLogLog (P. Flajolet, É. Fusy,
 * O. Gandouet, F. Meunier, AofA 2007), with the linear counting of small numbers as there.
 */
export class DistinctCounter {
  readonly #limit: number;
  /** 53 bits of hash of each text: among 200,000 two meet with a chance of 1 in 400,000. */
  #seen: Set<number> | undefined = new Set();
  readonly #registers = new Uint8Array(REGISTERS);

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(text: string): void {
    const [high, low] = hashPair(text);
    if (this.#seen !== undefined) {
      this.#seen.add(high * 2 ** 21 + (low >>> 11));
      if (this.#seen.size > this.#limit) this.#seen = undefined;
    }
    const register = high >>> (32 - BITS);
    // The rest of the first word and the second: 50 bits in which a one is looked for.
    const rest = (high << BITS) >>> 0;
    const rank = rest !== 0 ? Math.clz32(rest) + 1 : 32 - BITS + Math.clz32(low) + 1;
    if (rank > (this.#registers[register] ?? 0)) this.#registers[register] = rank;
  }

  /** Hashes that are held. */
  get held(): number {
    return this.#seen?.size ?? 0;
  }

  get exact(): boolean {
    return this.#seen !== undefined;
  }

  get value(): number {
    if (this.#seen !== undefined) return this.#seen.size;
    let sum = 0;
    let empty = 0;
    for (const rank of this.#registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty++;
    }
    const estimate = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
    const small = estimate <= 2.5 * REGISTERS && empty > 0;
    return Math.round(small ? REGISTERS * Math.log(REGISTERS / empty) : estimate);
  }
}
