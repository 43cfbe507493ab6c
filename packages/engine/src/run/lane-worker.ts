import { loadByteGenerator } from '../rows/load-byte-generator.ts';
import type { PreparedBytes } from '../rows/prepare-bytes.ts';
import { Claims } from './claims.ts';
import { AREAS, areasFor, CANCELLED, CONSUMED, type LaneChunk, PRODUCED, writeChunk } from './lane.ts';

/** What a lane produces: the shards of rows [from, to) that it claims. */
export interface LaneTask {
  readonly kind: 'lane';
  readonly prepared: PreparedBytes;
  readonly from: number;
  readonly to: number;
  readonly rowsOfShard: number;
  readonly lane: number;
  readonly control: SharedArrayBuffer;
  readonly claims: SharedArrayBuffer;
}

/** Runs a lane to its end, or until it is cancelled. `announce` hands over the memory, whenever it has been replaced. */
export async function runLane(task: LaneTask, announce: (memory: ArrayBufferLike) => void): Promise<void> {
  const { prepared, from, to, rowsOfShard, lane } = task;
  const control = new Int32Array(task.control);
  const claims = new Claims(task.claims);
  const generator = await loadByteGenerator(prepared, { areasFor });
  const { areas } = generator;
  Atomics.store(control, AREAS, areas);
  let announced: ArrayBufferLike | undefined;
  let produced = 0;
  // The area that was freed last is written next: it is the likeliest to be in this core's cache. `held` says which area a
  // chunk of the lane lies in, `released` how many chunks have given theirs back.
  const free = Array.from({ length: areas }, (_, area) => areas - 1 - area);
  const held: number[] = [];
  let released = 0;

  /** Waits for a free output area; false when the lane was cancelled. */
  const acquire = (): boolean => {
    for (;;) {
      if (Atomics.load(control, CANCELLED) !== 0) return false;
      const consumed = Atomics.load(control, CONSUMED);
      if (produced - consumed < areas) break;
      Atomics.wait(control, CONSUMED, consumed);
    }
    for (const consumed = Atomics.load(control, CONSUMED); released < consumed; released++)
      free.push(held[released % areas] as number);
    const area = free.pop() as number;
    held[produced % areas] = area;
    generator.useArea(area);
    return true;
  };
  const publish = (chunk: LaneChunk): void => {
    if (announced !== generator.buffer) {
      announced = generator.buffer;
      announce(announced);
    }
    writeChunk(control, produced % areas, chunk);
    produced++;
    Atomics.store(control, PRODUCED, produced);
    // Waking the reader costs more than making a chunk: it is left asleep until there is some work for it.
    if (chunk.endsShard || produced - Atomics.load(control, CONSUMED) >= areas / 2) Atomics.notify(control, PRODUCED);
  };

  for (;;) {
    const start = from + claims.claim(lane) * rowsOfShard;
    if (start >= to) return;
    const chunks = generator.bytes({ start, end: Math.min(to, start + rowsOfShard), from, to });
    for (;;) {
      if (!acquire()) return;
      const next = chunks.next();
      if (next.done === true) break;
      publish({ offset: next.value.byteOffset, length: next.value.length, endsShard: false });
    }
    publish({ offset: 0, length: 0, endsShard: true });
  }
}
