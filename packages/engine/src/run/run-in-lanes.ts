import type { Plan } from '../plan/plan.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { breather } from './breather.ts';
import { Claims, claimsBuffer } from './claims.ts';
import { Failure } from './failure.ts';
import { areasFor } from './lane.ts';
import { type LaneShards, stretchOf } from './lane-shards.ts';
import { OwnLane } from './own-lane.ts';
import type { RunResult, Sink } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { shardRows } from './shard.ts';
import { WorkerLane } from './worker-lane.ts';

const SHARD_BYTES = Number(process.env['SHARD_KIB'] ?? 448) * 1024;

/** `run` on `count` threads: the calling one, which reads what the others make and makes shards itself meanwhile. */
export async function runInLanes(plan: Plan, options: RunOptions, sink: Sink, count: number): Promise<RunResult> {
  const { format, from = 0, to, signal, onProgress } = options;
  const failure = new Failure();
  const fail = (reason: unknown): void => failure.fail(reason);
  // Threads start while this one compiles, and makes the first rows.
  const workers = Array.from({ length: count - 1 }, () => new WorkerLane(fail));
  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const breathe = breather(signal);
  let bytes = 0;
  let sending: Promise<void> | undefined;

  try {
    const prepared = prepareBytes(plan, format, { shared: true });
    const generator = makeByteGenerator(prepared, { areasFor });
    // How large rows are in fact is seen by the first of them.
    let first = from;
    while (first < to && bytes < SHARD_BYTES / 2) {
      const end = Math.min(to, first + shardRows(plan, SHARD_BYTES));
      for (const chunk of generator.bytes({ start: first, end, from, to })) {
        const taken = sink(chunk);
        if (taken !== undefined) await failure.or(taken);
        bytes += chunk.length;
      }
      first = end;
    }
    onProgress?.({ rows: first - from, bytes });
    const rows = Math.max(1, Math.floor(SHARD_BYTES / Math.max(1, bytes / (first - from))));
    const shards: LaneShards = { from, to, first, rows };
    const shared = claimsBuffer();
    const claims = new Claims(shared);
    for (const [lane, worker] of workers.entries()) worker.start({ prepared, shards, lane, claims: shared });
    const own = new OwnLane(generator, shards, claims, workers.length);

    for (let shard = 0; ; shard++) {
      const stretch = stretchOf(shards, shard);
      if (stretch === undefined) break;
      let owner: number | undefined;
      for (;;) {
        const pause = breathe();
        if (pause !== undefined) await failure.or(pause);
        if (sending === undefined) {
          owner ??= claims.takeOwnerOf(shard);
          const source = owner === undefined ? undefined : (workers[owner] ?? own);
          const next = source?.next();
          if (next !== undefined && source !== undefined) {
            if (next === 'end') {
              source.release();
              break;
            }
            bytes += next.length;
            const taken = sink(next);
            if (taken === undefined) source.release();
            else
              sending = taken.then(() => {
                sending = undefined;
                source.release();
              }, fail);
            continue;
          }
        }
        if (own.make()) {
          if (sending !== undefined) await failure.or(new Promise((resolve) => setImmediate(resolve)));
        } else if (sending !== undefined) {
          await failure.or(sending);
        } else if (owner === undefined) {
          await failure.or(claims.untilOwned(shard));
        } else {
          await failure.or((workers[owner] as WorkerLane).untilMade());
        }
      }
      onProgress?.({ rows: stretch.end - from, bytes });
    }
    return { rows: to - from, bytes };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}
