import type { ByteGenerator } from '../rows/byte-generator.ts';
import type { LaneShards } from './lane-shards.ts';
import type { Outlet } from './outlet.ts';
import type { Pace } from './pace.ts';

/** Makes so many bytes at least, unless there are fewer: their mean says how large rows are. */
const SAMPLE_BYTES = 256 * 1024;

/**
 * Makes the first rows of an output, while threads start that are to help with the others, and cuts those into shards of about
 * so many bytes.
 * @param atOnce rows to make between two looks at what they come to
 */
export async function makeFirstRows(
  generator: ByteGenerator,
  { from, to }: { readonly from: number; readonly to: number },
  atOnce: number,
  shardBytes: number,
  outlet: Outlet,
  pace: Pace,
): Promise<LaneShards> {
  let first = from;
  while (first < to && outlet.bytes < SAMPLE_BYTES) {
    const end = Math.min(to, first + atOnce);
    for (const chunk of generator.bytes({ start: first, end, from, to })) {
      outlet.hand(chunk, () => undefined);
      if (outlet.isBusy) await outlet.untilFree();
      const pause = pace();
      if (pause !== undefined) await pause;
    }
    first = end;
  }
  const rows = Math.floor(shardBytes / Math.max(1, outlet.bytes / (first - from)));
  return { from, to, first, rows: Math.max(1, rows) };
}
