import type { Stretch } from '../file/file-encoder.ts';

/** How the rows of an output are cut into shards: those from `first` on, so many in each. */
export interface LaneShards {
  /** The rows of the whole output. */
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly rows: number;
}

/** The rows of a shard, counted from 0; undefined beyond the last. */
export function stretchOf({ from, to, first, rows }: LaneShards, shard: number): Stretch | undefined {
  const start = first + shard * rows;
  return start < to ? { start, end: Math.min(to, start + rows), from, to } : undefined;
}
