/**
 * Which lane makes which shard. Lanes claim shards as they come to them, so that one whose core is taken by somebody else
 * makes fewer, and the others do not wait for it. The reader looks up who has the shard that is next.
 */
const COUNTER_BYTES = 8;
/** More shards than are ever claimed and not yet read: at most the entries of each lane (lane.ts), and one begun. */
const SLOTS = 8192;

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

  /** For the reader, once for each shard in order: the lane that has it, or undefined while nobody has. */
  takeOwnerOf(shard: number): number | undefined {
    const owner = Atomics.exchange(this.#owners, shard % SLOTS, 0);
    return owner > 0 ? owner - 1 : undefined;
  }

  /** For the reader: settles when somebody has the shard. */
  async untilOwned(shard: number): Promise<void> {
    const waiting = Atomics.waitAsync(this.#owners, shard % SLOTS, 0);
    if (waiting.async) await waiting.value;
  }
}
