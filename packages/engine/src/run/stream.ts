import type { Plan } from '../plan/plan.ts';
import { assertRange } from '../rows/assert-range.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import type { RunResult, Sink } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { shardRows } from './shard.ts';
import type { Job } from './shard-worker.ts';
import { workerPool } from './worker-pool.ts';

/** A stream holds a few of these in memory. */
const SHARD_BYTES = 4 * 1024 * 1024;

let jobs = 0;

/**
 * The bytes of rows [from, to), made by the process's worker threads and handed out in order. Chunks belong to the caller.
 * At most `threads` shards (default 2) are made ahead of the reader; closing the generator gives up the rest.
 */
export function stream(plan: Plan, options: RunOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  return shards(plan, options, []);
}

/**
 * Like `stream`, into a sink: a chunk is valid until the sink's promise settles, and its memory is used again after. For
 * servers: the work is done by the process's worker threads, whatever the number of callers.
 */
export async function pump(plan: Plan, options: RunOptions, sink: Sink): Promise<RunResult> {
  const spares: ArrayBuffer[] = [];
  let bytes = 0;
  for await (const chunk of shards(plan, options, spares)) {
    await sink(chunk);
    bytes += chunk.length;
    spares.push(chunk.buffer);
  }
  return { rows: options.to - (options.from ?? 0), bytes };
}

async function* shards(
  plan: Plan,
  options: RunOptions,
  spares: ArrayBuffer[],
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { format, from = 0, to, threads = 2, signal, onProgress } = options;
  assertRange(plan, from, to);
  const rowsOfShard = shardRows(plan, SHARD_BYTES);
  const job: Job = { id: ++jobs, prepared: prepareBytes(plan, format) };
  const ahead: Promise<Uint8Array<ArrayBuffer>>[] = [];
  let next = from;
  let rows = 0;
  let bytes = 0;
  const order = (): void => {
    while (next < to && ahead.length < Math.max(1, threads)) {
      const end = Math.min(to, next + rowsOfShard);
      const shard = workerPool.make(job, { start: next, end, from, to }, spares.pop());
      // Awaited in order below; a failure before its turn must not count as unhandled.
      shard.catch(() => undefined);
      ahead.push(shard);
      next = end;
    }
  };
  order();
  while (ahead.length > 0) {
    signal?.throwIfAborted();
    const chunk = await (ahead.shift() as Promise<Uint8Array<ArrayBuffer>>);
    signal?.throwIfAborted();
    order();
    yield chunk;
    bytes += chunk.length;
    rows = Math.min(to - from, rows + rowsOfShard);
    onProgress?.({ rows, bytes });
  }
}
