import { loadByteGenerator } from '../rows/load-byte-generator.ts';
import type { PreparedBytes } from '../rows/prepare-bytes.ts';
import { AREAS, areasFor, CANCELLED, CONSUMED, type LaneChunk, PRODUCED, writeChunk } from './lane.ts';

/** What a lane produces: shards number `lane`, `lane + lanes`, … of rows [from, to). */
export interface LaneTask {
  readonly kind: 'lane';
  readonly prepared: PreparedBytes;
  readonly from: number;
  readonly to: number;
  readonly rowsOfShard: number;
  readonly lane: number;
  readonly lanes: number;
  readonly control: SharedArrayBuffer;
}

/** Runs a lane to its end, or until it is cancelled. `announce` hands over the memory, whenever it has been replaced. */
export async function runLane(task: LaneTask, announce: (memory: ArrayBufferLike) => void): Promise<void> {
  const { prepared, from, to, rowsOfShard, lanes } = task;
  const control = new Int32Array(task.control);
  const generator = await loadByteGenerator(prepared, { areasFor });
  const { areas } = generator;
  Atomics.store(control, AREAS, areas);
  let announced: ArrayBufferLike | undefined;
  let produced = 0;

  /** Waits for a free output area; false when the lane was cancelled. */
  const acquire = (): boolean => {
    for (;;) {
      if (Atomics.load(control, CANCELLED) !== 0) return false;
      const consumed = Atomics.load(control, CONSUMED);
      if (produced - consumed < areas) break;
      Atomics.wait(control, CONSUMED, consumed);
    }
    generator.useArea(produced % areas);
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

  for (let start = from + task.lane * rowsOfShard; start < to; start += lanes * rowsOfShard) {
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
