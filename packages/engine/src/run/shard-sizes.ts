import type { Plan } from '../plan/plan.ts';
import { openStreams } from './open-streams.ts';
import { shardRows } from './shard.ts';

/** Sizes of a stream's shards: by the largest row there can be until some are made, then by what they had. */
export class ShardSizes {
  readonly #mostRows: number;
  #bytesOfRow: number;

  constructor(plan: Plan) {
    const largest = openStreams.largestShardBytes;
    this.#mostRows = shardRows(plan, largest);
    this.#bytesOfRow = largest / this.#mostRows;
  }

  /** Rows of the next shard. */
  get rows(): number {
    return Math.max(1, Math.min(this.#mostRows, Math.floor(openStreams.shardBytes / this.#bytesOfRow)));
  }

  /** Bytes that so many rows take, with some to spare. */
  room(rows: number): number {
    return Math.ceil(rows * this.#bytesOfRow * 1.1) + 1024;
  }

  /** Notes what a shard had. */
  note(rows: number, bytes: number): void {
    if (rows > 0) this.#bytesOfRow = Math.max(1, bytes / rows);
  }
}
