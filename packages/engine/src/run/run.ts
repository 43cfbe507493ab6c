import { hasExternal } from '../external/external-levels.ts';
import { isFile } from '../format/is-file.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from '../rows/assert-range.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { breather } from './breather.ts';
import { runFile } from './run-file.ts';
import { runInLanes } from './run-in-lanes.ts';
import type { RunOptions } from './run-options.ts';
import { shardRows } from './shard.ts';
import { pump } from './stream.ts';

/** Takes output in order. A chunk is valid until the promise settles, or the call returns when there is none. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>;

/** What is made between two reports of progress; several threads are for more than that. */
const SHARD_BYTES = 8 * 1024 * 1024;

export interface RunResult {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Produces rows [from, to) into a sink, in order, as fast as the sink takes them and no faster. Memory does not grow with
 * the number of rows. Rejects with the sink's error, or the signal's reason.
 */
export async function run(plan: Plan, options: RunOptions, sink: Sink): Promise<RunResult> {
  const { from = 0, to, threads = 1, signal } = options;
  assertRange(plan, from, to);
  signal?.throwIfAborted();
  if (options.external !== undefined && hasExternal(plan)) return pump(plan, options, async (chunk) => sink(chunk));
  if (isFile(options.format.format)) return runFile(plan, options, sink);
  const rowsOfShard = shardRows(plan, SHARD_BYTES);
  const lanes = Math.min(threads, Math.ceil((to - from) / rowsOfShard));
  return lanes <= 1 ? runHere(plan, options, sink, rowsOfShard) : runInLanes(plan, options, sink, lanes);
}

async function runHere(
  plan: Plan,
  { format, from = 0, to, signal, onProgress }: RunOptions,
  sink: Sink,
  rowsOfShard: number,
): Promise<RunResult> {
  const generator = makeByteGenerator(prepareBytes(plan, format));
  let bytes = 0;
  const breathe = breather(signal);
  for (let start = from; start < to; start += rowsOfShard) {
    const end = Math.min(to, start + rowsOfShard);
    for (const chunk of generator.bytes({ start, end, from, to })) {
      const taken = sink(chunk);
      if (taken !== undefined) await taken;
      bytes += chunk.length;
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
    onProgress?.({ rows: end - from, bytes });
  }
  return { rows: to - from, bytes };
}
