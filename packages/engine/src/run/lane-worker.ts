import { loadByteGenerator } from '../rows/load-byte-generator.ts';
import type { PreparedBytes } from '../rows/prepare-bytes.ts';
import { Claims } from './claims.ts';
import { FreeAreas } from './free-areas.ts';
import { areasFor, CANCELLED, CONSUMED, ENTRIES, type LaneEntry, PRODUCED, writeEntry } from './lane.ts';
import { type LaneShards, stretchOf } from './lane-shards.ts';

/** What a lane produces: those of a run's shards that it claims. */
export interface LaneTask {
  readonly kind: 'lane';
  readonly prepared: PreparedBytes;
  readonly shards: LaneShards;
  readonly lane: number;
  readonly control: SharedArrayBuffer;
  readonly claims: SharedArrayBuffer;
}

/** Runs a lane to its end, or until it is cancelled. `announce` hands over the memory, whenever it has been replaced. */
export async function runLane(task: LaneTask, announce: (memory: ArrayBufferLike) => void): Promise<void> {
  const { prepared, shards, lane } = task;
  const control = new Int32Array(task.control);
  const claims = new Claims(task.claims);
  const generator = await loadByteGenerator(prepared, { areasFor });
  const { areas } = generator;
  const free = new FreeAreas(areas);
  let announced: ArrayBufferLike | undefined;
  /** The area of each entry; none for an end. */
  const held: (number | undefined)[] = [];
  let produced = 0;
  let released = 0;

  /** Waits for a free output area; false when the lane was cancelled. */
  const acquire = (): boolean => {
    for (;;) {
      if (Atomics.load(control, CANCELLED) !== 0) return false;
      const consumed = Atomics.load(control, CONSUMED);
      for (; released < consumed; released++) {
        const area = held[released % ENTRIES];
        if (area !== undefined) free.give(area);
      }
      // There must be room for the end as well.
      if (free.next !== undefined && produced - consumed < ENTRIES - 1) break;
      Atomics.wait(control, CONSUMED, consumed);
    }
    generator.useArea(free.next);
    return true;
  };
  const publish = (entry: LaneEntry, area: number | undefined): void => {
    writeEntry(control, produced, entry);
    held[produced % ENTRIES] = area;
    produced++;
    Atomics.store(control, PRODUCED, produced);
    // Waking the reader costs more than making a chunk: if it sleeps, it is left asleep until there is some work for it.
    if (area === undefined || produced - Atomics.load(control, CONSUMED) >= areas / 2)
      Atomics.notify(control, PRODUCED);
  };

  for (;;) {
    const stretch = stretchOf(shards, claims.claim(lane));
    if (stretch === undefined) return;
    const chunks = generator.bytes(stretch);
    for (;;) {
      if (!acquire()) return;
      const next = chunks.next();
      if (next.done === true) break;
      const { byteOffset, length } = next.value;
      if (length === 0) continue;
      if (announced !== generator.buffer) {
        announced = generator.buffer;
        announce(announced);
      }
      publish({ offset: byteOffset, length }, free.take());
    }
    publish({ offset: 0, length: 0 }, undefined);
  }
}
