/**
 * Which lane makes which shard. Lanes claim shards as they come to them, so that one whose core is taken by somebody else
 * makes fewer, and the others do not wait for it. The reader looks up who has the shard that is next.
 */
const COUNTER_BYTES = 8;
/** More shards than are ever claimed and not yet read: at most half the areas of each lane (lane.ts), and one begun. */
const SLOTS = 4096;

export const claimsBuffer = (): SharedArrayBuffer => new SharedArrayBuffer(COUNTER_BYTES + SLOTS * 4);

export class Claims {
  /** Shards are counted beyond 32 bits: rows may be as wide as a shard. */
  readonly #next: BigInt64Array;
  readonly #owners: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#next = new BigInt64Array(buffer, 0, 1);
    this.#owners = new Int32Array(buffer, COUNTER_BYTES);
  }

  /** For a lane: the next shard that nobody makes. */
  claim(lane: number): number {
    const shard = Number(Atomics.add(this.#next, 0, 1n));
    Atomics.store(this.#owners, shard % SLOTS, lane + 1);
    Atomics.notify(this.#owners, shard % SLOTS);
    return shard;
  }

  /** For the reader, shard by shard in order: the lane that has it, or what settles when that may be known. */
  ownerOf(shard: number): number | Promise<unknown> {
    const slot = shard % SLOTS;
    const owner = Atomics.exchange(this.#owners, slot, 0);
    if (owner > 0) return owner - 1;
    const waiting = Atomics.waitAsync(this.#owners, slot, 0);
    return waiting.async ? waiting.value : Promise.resolve();
  }
}
