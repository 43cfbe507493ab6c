import type { ByteGenerator } from '../rows/byte-generator.ts';
import type { Claims } from './claims.ts';
import { FreeAreas } from './free-areas.ts';
import { ENTRIES } from './lane.ts';
import { type LaneShards, stretchOf } from './lane-shards.ts';
import type { LaneSource } from './lane-source.ts';

interface Entry {
  readonly bytes: Uint8Array;
  readonly area: number;
}

/** The lane of the reading thread itself: it makes chunks when it is told to, beside what it reads of others. */
export class OwnLane implements LaneSource {
  readonly #generator: ByteGenerator;
  readonly #shards: LaneShards;
  readonly #claim: () => number;
  readonly #free: FreeAreas;
  readonly #made: (Entry | 'end')[] = [];
  #chunks: Iterator<Uint8Array> | undefined;
  #isDone = false;

  /** @param lane its number among the lanes that claim shards */
  constructor(generator: ByteGenerator, shards: LaneShards, claims: Claims, lane: number) {
    this.#generator = generator;
    this.#shards = shards;
    this.#claim = () => claims.claim(lane);
    this.#free = new FreeAreas(generator.areas);
  }

  /** Makes one chunk, or ends a shard; false when there is no room, or nothing left that nobody makes. */
  make(): boolean {
    const area = this.#free.next;
    if (area === undefined || this.#made.length >= ENTRIES || this.#isDone) return false;
    if (this.#chunks === undefined) {
      const stretch = stretchOf(this.#shards, this.#claim());
      if (stretch === undefined) {
        this.#isDone = true;
        return false;
      }
      this.#chunks = this.#generator.bytes(stretch);
    }
    this.#generator.useArea(area);
    const { value, done } = this.#chunks.next();
    if (done === true) {
      this.#chunks = undefined;
      this.#made.push('end');
    } else if (value.length > 0) {
      this.#made.push({ bytes: value, area: this.#free.take() });
    }
    return true;
  }

  next(): Uint8Array | 'end' | undefined {
    const entry = this.#made[0];
    return entry === undefined || entry === 'end' ? entry : entry.bytes;
  }

  release(): void {
    const entry = this.#made.shift();
    if (entry !== undefined && entry !== 'end') this.#free.give(entry.area);
  }
}
