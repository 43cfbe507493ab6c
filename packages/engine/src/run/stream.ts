import type { Plan } from '../plan/plan.ts';
import type { RunOptions } from './run-options.ts';
import { assertRange, shardRows } from './shard.ts';
import type { Job } from './shard-worker.ts';
import { workerPool } from './worker-pool.ts';

/** A stream holds a few of these in memory. */
const SHARD_BYTES = 4 * 1024 * 1024;

let jobs = 0;

/**
 * The bytes of rows [from, to), made by the process's worker threads and handed out in order. Chunks belong to the caller.
 * At most `threads` shards (default 2) are made ahead of the reader; closing the generator gives up the rest.
 */
export async function* stream(plan: Plan, options: RunOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { format, from = 0, to, threads = 2, signal, onProgress } = options;
  assertRange(plan, from, to);
  const rowsOfShard = shardRows(plan, SHARD_BYTES);
  const job: Job = { id: ++jobs, plan, format };
  const ahead: Promise<Uint8Array>[] = [];
  let next = from;
  let rows = 0;
  let bytes = 0;
  const order = (): void => {
    while (next < to && ahead.length < Math.max(1, threads)) {
      const end = Math.min(to, next + rowsOfShard);
      const shard = workerPool.make(job, { start: next, end, from, to });
      // Awaited in order below; a failure before its turn must not count as unhandled.
      shard.catch(() => undefined);
      ahead.push(shard);
      next = end;
    }
  };
  order();
  while (ahead.length > 0) {
    signal?.throwIfAborted();
    const chunk = await (ahead.shift() as Promise<Uint8Array>);
    signal?.throwIfAborted();
    order();
    yield chunk;
    bytes += chunk.length;
    rows = Math.min(to - from, rows + rowsOfShard);
    onProgress?.({ rows, bytes });
  }
}
