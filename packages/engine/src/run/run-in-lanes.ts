import type { Plan } from '../plan/plan.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { Claims, claimsBuffer } from './claims.ts';
import { Failure } from './failure.ts';
import { makeFirstRows } from './first-rows.ts';
import { areasFor } from './lane.ts';
import { stretchOf } from './lane-shards.ts';
import { Outlet } from './outlet.ts';
import { OwnLane } from './own-lane.ts';
import { type Pace, paceOf } from './pace.ts';
import type { RunResult, Sink } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { shardRows } from './shard.ts';
import { spawnWorker } from './spawn-worker.ts';
import { WorkerLane } from './worker-lane.ts';

/**
 * Somewhat less than a chunk, so that most shards are one. What waits for its turn should fit a core's cache together with what
 * is being made: rows of larger shards took longer.
 */
const SHARD_BYTES = 448 * 1024;

/**
 * `run` on several threads. The calling one reads what the others make, and while it need not, it makes shards like them: a thread
 * that only reads would take a core from one that makes rows, and has next to nothing to do.
 * @param threads the calling one among them
 * @param spawn starts one of the others
 */
export async function runInLanes(
  plan: Plan,
  options: RunOptions,
  sink: Sink,
  threads: number,
  spawn = spawnWorker,
): Promise<RunResult> {
  const { format, from = 0, to, signal, onProgress } = options;
  const failure = new Failure();
  const fail = (reason: unknown): void => failure.fail(reason);
  const outlet = new Outlet(sink, failure);
  const pace = paceOf(signal, failure);
  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  // Threads start while this one compiles and makes the first rows.
  const workers = Array.from({ length: threads - 1 }, () => new WorkerLane(spawn(), fail));
  try {
    const prepared = prepareBytes(plan, format, { shared: true });
    const generator = makeByteGenerator(prepared, { areasFor });
    const shards = await makeFirstRows(
      generator,
      { from, to },
      shardRows(plan, SHARD_BYTES),
      SHARD_BYTES,
      outlet,
      pace,
    );
    onProgress?.({ rows: shards.first - from, bytes: outlet.bytes });
    const shared = claimsBuffer();
    for (const [lane, worker] of workers.entries()) worker.start({ prepared, shards, lane, claims: shared });
    const claims = new Claims(shared);
    const lanes = { workers, own: new OwnLane(generator, shards, claims, workers.length), claims };
    for (let shard = 0; ; shard++) {
      const stretch = stretchOf(shards, shard);
      if (stretch === undefined) break;
      await takeShard(shard, lanes, outlet, failure, pace);
      onProgress?.({ rows: stretch.end - from, bytes: outlet.bytes });
    }
    return { rows: to - from, bytes: outlet.bytes };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

interface Lanes {
  readonly workers: readonly WorkerLane[];
  readonly own: OwnLane;
  readonly claims: Claims;
}

/** Hands all of one shard to the sink, and makes what is needed next whenever that is not there, or the sink is busy. */
async function takeShard(
  shard: number,
  { workers, own, claims }: Lanes,
  outlet: Outlet,
  failure: Failure,
  pace: Pace,
): Promise<void> {
  let owner: number | undefined;
  for (;;) {
    const pause = pace();
    if (pause !== undefined) await pause;
    if (!outlet.isBusy) {
      owner ??= claims.takeOwnerOf(shard);
      const source = owner === undefined ? undefined : (workers[owner] ?? own);
      const next = source?.next();
      if (source !== undefined && next !== undefined) {
        if (next === 'end') return source.release();
        outlet.hand(next, () => source.release());
        continue;
      }
    }
    if (own.make()) {
      // The sink is heard as soon as it is done.
      if (outlet.isBusy) await failure.or(new Promise((resolve) => setImmediate(resolve)));
    } else if (outlet.isBusy) await outlet.untilFree();
    else if (owner === undefined) await failure.or(claims.untilOwned(shard));
    else await failure.or(workers[owner]?.untilMade() ?? Promise.resolve());
  }
}
