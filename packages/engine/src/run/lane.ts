/**
 * A lane carries the output of one worker to the reading thread without copying: the worker fills output areas of its
 * kernel's shared memory, the reader frees them in the same order. Two counters say how far each is; each waits for the
 * other by Atomics, so a slow reader stops the worker when all areas are full.
 */
export const PRODUCED = 0;
export const CONSUMED = 1;
export const CANCELLED = 2;
/** How many output areas the worker has, written before its first chunk. */
export const AREAS = 3;
const HEAD = 4;
const WORDS = 4;

/** Chunks that a lane holds at most; fewer where rows are wide, so that a lane stays near LANE_BYTES. */
const MOST_AREAS = 32;
const LANE_BYTES = 24 * 1024 * 1024;

/** Output areas for chunks of at most this many bytes. */
export const areasFor = (chunkBytes: number): number =>
  Math.min(MOST_AREAS, Math.max(2, Math.floor(LANE_BYTES / chunkBytes)));

/** One chunk in the worker's memory. */
export interface LaneChunk {
  readonly offset: number;
  readonly length: number;
  /** Whether it is the last of its shard: the next chunk in order is another lane's. */
  readonly endsShard: boolean;
}

export const laneBuffer = (): SharedArrayBuffer => new SharedArrayBuffer((HEAD + MOST_AREAS * WORDS) * 4);

export function writeChunk(control: Int32Array, area: number, chunk: LaneChunk): void {
  const at = HEAD + area * WORDS;
  control[at] = chunk.offset;
  control[at + 1] = chunk.length;
  control[at + 2] = chunk.endsShard ? 1 : 0;
}

export function readChunk(control: Int32Array, area: number): LaneChunk {
  const at = HEAD + area * WORDS;
  return { offset: control[at] ?? 0, length: control[at + 1] ?? 0, endsShard: control[at + 2] === 1 };
}
