/**
 * A lane carries the output of one worker to the reading thread without copying: the worker fills output areas of its
 * kernel's shared memory, the reader frees them in the same order. Two counters say how far each is; each waits for the
 * other by Atomics, so a slow reader stops the worker when all areas are full.
 */
export const PRODUCED = 0;
export const CONSUMED = 1;
export const CANCELLED = 2;
const HEAD = 4;
const WORDS = 2;

/** Chunks that a lane holds at most; fewer where rows are wide, so that a lane stays near LANE_BYTES. */
const MOST_AREAS = 32;
const LANE_BYTES = 24 * 1024 * 1024;

/** Entries that a lane has room for: as many ends of shards as chunks. */
export const ENTRIES = 2 * MOST_AREAS;

/** Output areas for chunks of at most this many bytes. */
export const areasFor = (chunkBytes: number): number =>
  Math.min(MOST_AREAS, Math.max(2, Math.floor(LANE_BYTES / chunkBytes)));

/** One chunk in the worker's memory. Without bytes, it is the end of a shard: what is next in order may be another lane's. */
export interface LaneEntry {
  readonly offset: number;
  readonly length: number;
}

export const laneBuffer = (): SharedArrayBuffer => new SharedArrayBuffer((HEAD + ENTRIES * WORDS) * 4);

/** Writes the entry of this number; they are counted from 0 for ever. */
export function writeEntry(control: Int32Array, number: number, { offset, length }: LaneEntry): void {
  const at = HEAD + (number % ENTRIES) * WORDS;
  control[at] = offset;
  control[at + 1] = length;
}

export function readEntry(control: Int32Array, number: number): LaneEntry {
  const at = HEAD + (number % ENTRIES) * WORDS;
  return { offset: control[at] ?? 0, length: control[at + 1] ?? 0 };
}
