import type { Plan } from '../plan/plan.ts';
import { openStreams } from './open-streams.ts';
import { shardRows } from './shard.ts';

/**
 * Sizes of a stream's shards: by the largest row there can be until some are made, then by what they had. They begin small and
 * double as the reader takes them: streams that begin at once, or whose readers stall, hold little, and the first bytes come soon.
 */
export class ShardSizes {
  readonly #mostRows: number;
  #bytesOfRow: number;
  #mostBytes = openStreams.smallestShardBytes;

  constructor(plan: Plan) {
    const largest = openStreams.largestShardBytes;
    this.#mostRows = shardRows(plan, largest);
    this.#bytesOfRow = largest / this.#mostRows;
  }

  /** Rows of the next shard. */
  get rows(): number {
    return Math.max(
      1,
      Math.min(this.#mostRows, Math.floor(Math.min(openStreams.shardBytes, this.#mostBytes) / this.#bytesOfRow)),
    );
  }

  /** Bytes that so many rows take, with some to spare: one of a few sizes, so that memory fits another shard as well. */
  room(rows: number): number {
    const bytes = rows * this.#bytesOfRow;
    return Math.ceil(1.1 * Math.max(openStreams.smallestShardBytes, powerOfTwoFrom(bytes)));
  }

  /** Notes what a shard had. */
  note(rows: number, bytes: number): void {
    if (rows > 0) this.#bytesOfRow = Math.max(1, bytes / rows);
    this.#mostBytes = Math.min(openStreams.largestShardBytes, this.#mostBytes * 2);
  }
}

/** The smallest that is not below a number. */
function powerOfTwoFrom(number: number): number {
  return 2 ** Math.ceil(Math.log2(number));
}
