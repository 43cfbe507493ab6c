/**
 * A lane carries the output of one worker to the reading thread without copying: the worker fills the output areas of its
 * kernel's shared memory in turn, the reader frees them in turn. Two counters say how far each is; each waits for the
 * other by Atomics, so a slow reader stops the worker after AREAS chunks.
 */
export const PRODUCED = 0;
export const CONSUMED = 1;
export const CANCELLED = 2;
const HEAD = 4;
const WORDS = 4;

/** Chunks that a lane holds at most. */
export const AREAS = 8;

/** One chunk in the worker's memory. */
export interface LaneChunk {
  readonly offset: number;
  readonly length: number;
  /** Whether it is the last of its shard: the next chunk in order is another lane's. */
  readonly endsShard: boolean;
}

export const laneBuffer = (): SharedArrayBuffer => new SharedArrayBuffer((HEAD + AREAS * WORDS) * 4);

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
