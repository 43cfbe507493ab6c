import type { Worker } from 'node:worker_threads';
import { isFile } from '../format/is-file.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from '../rows/assert-range.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { type PreparedBytes, prepareBytes } from '../rows/prepare-bytes.ts';
import { breather } from './breather.ts';
import { Claims, claimsBuffer } from './claims.ts';
import { Failure } from './failure.ts';
import { AREAS, CANCELLED, CONSUMED, laneBuffer, PRODUCED, readChunk } from './lane.ts';
import type { LaneTask } from './lane-worker.ts';
import { runFile } from './run-file.ts';
import type { RunOptions } from './run-options.ts';
import { shardRows } from './shard.ts';
import { spawnWorker } from './spawn-worker.ts';

/** Takes output in order. A chunk is valid until the promise settles, or the call returns when there is none. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>;

/**
 * A lane's areas hold several shards of this size, so that a worker need not wait for its turn. What lies there until its turn
 * comes should fit a core's cache, or nearly: rows of larger shards took longer. Smaller ones wake the reader more often.
 */
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
  if (isFile(options.format.format)) return runFile(plan, options, sink);
  const rowsOfShard = shardRows(plan, SHARD_BYTES);
  const lanes = Math.min(threads, Math.ceil((to - from) / rowsOfShard));
  return lanes <= 1 ? runHere(plan, options, sink, rowsOfShard) : runInLanes(plan, options, sink, rowsOfShard, lanes);
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

interface Lane {
  readonly control: Int32Array;
  memory: SharedArrayBuffer | undefined;
  consumed: number;
}

async function runInLanes(
  plan: Plan,
  options: RunOptions,
  sink: Sink,
  rowsOfShard: number,
  count: number,
): Promise<RunResult> {
  const { format, from = 0, to, signal, onProgress } = options;
  const failure = new Failure();
  // Threads start while this one compiles.
  const workers = Array.from({ length: count }, spawnWorker);
  const lanes: Lane[] = [];
  const shared = claimsBuffer();
  const start = (worker: Worker, lane: number, prepared: PreparedBytes): Lane => {
    const control = laneBuffer();
    const state: Lane = { control: new Int32Array(control), memory: undefined, consumed: 0 };
    worker.ref();
    worker.on('error', (error) => failure.fail(error));
    worker.on('message', (message: { memory?: SharedArrayBuffer; error?: { name: string; message: string } }) => {
      if (message.memory !== undefined) state.memory = message.memory;
      if (message.error !== undefined) failure.fail(Object.assign(new Error(message.error.message), message.error));
    });
    const task: LaneTask = { kind: 'lane', prepared, from, to, rowsOfShard, lane, control, claims: shared };
    worker.postMessage(task);
    return state;
  };
  const onAbort = (): void => failure.fail(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const breathe = breather(signal);
  let bytes = 0;
  try {
    const prepared = prepareBytes(plan, format, { shared: true });
    lanes.push(...workers.map((worker, lane) => start(worker, lane, prepared)));
    const claims = new Claims(shared);
    for (let shard = 0, end = from; end < to; shard++) {
      let owner = claims.ownerOf(shard);
      while (typeof owner !== 'number') {
        await failure.or(owner);
        owner = claims.ownerOf(shard);
      }
      bytes += await takeShard(lanes[owner] as Lane, sink, failure, breathe);
      end = Math.min(to, end + rowsOfShard);
      onProgress?.({ rows: end - from, bytes });
    }
    return { rows: to - from, bytes };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    for (const { control } of lanes) {
      Atomics.store(control, CANCELLED, 1);
      Atomics.notify(control, CONSUMED);
    }
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Hands the chunks of one shard to the sink. */
async function takeShard(
  lane: Lane,
  sink: Sink,
  failure: Failure,
  breathe: () => Promise<void> | undefined,
): Promise<number> {
  let bytes = 0;
  for (;;) {
    const produced = Atomics.load(lane.control, PRODUCED);
    if (produced === lane.consumed) {
      const waiting = Atomics.waitAsync(lane.control, PRODUCED, produced);
      if (waiting.async) await failure.or(waiting.value);
      continue;
    }
    while (lane.consumed !== produced) {
      const { offset, length, endsShard } = readChunk(lane.control, lane.consumed % Atomics.load(lane.control, AREAS));
      if (length > 0) {
        if (lane.memory === undefined || lane.memory.byteLength < offset + length)
          await memoryOf(lane, offset + length, failure);
        const taken = sink(new Uint8Array(lane.memory as SharedArrayBuffer, offset, length));
        if (taken !== undefined) await failure.or(taken);
        bytes += length;
      }
      lane.consumed++;
      Atomics.store(lane.control, CONSUMED, lane.consumed);
      Atomics.notify(lane.control, CONSUMED);
      const pause = breathe();
      if (pause !== undefined) await pause;
      if (endsShard) return bytes;
    }
  }
}

/** Waits for the message that hands over the worker's memory, or its larger successor. */
async function memoryOf(lane: Lane, size: number, failure: Failure): Promise<void> {
  while (lane.memory === undefined || lane.memory.byteLength < size) {
    await failure.or(new Promise((resolve) => setImmediate(resolve)));
  }
}
