import { hasExternal } from '../external/external-levels.ts';
import { valuesOf } from '../external/values-of.ts';
import { loadFileEncoder, type Part, type Stretch } from '../file/file-encoder.ts';
import { isFile } from '../format/is-file.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from '../rows/assert-range.ts';
import { stretches } from '../rows/stretches.ts';
import { jobs } from './jobs.ts';
import { openStreams } from './open-streams.ts';
import type { RunResult, Sink } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { ShardSizes } from './shard-sizes.ts';
import { spareBuffers } from './spare-buffers.ts';
import { workerPool } from './worker-pool.ts';

/** Rows whose values from outside are held at once, at most. */
const MOST_GIVEN = 4096;

/** Of streams, beside those of every run. */
export interface StreamOptions extends RunOptions {
  /** Told before bytes of more rows are handed out: how many rows will have left with them. */
  readonly onNext?: (rows: number) => void;
}

/**
 * The bytes of rows [from, to), made by the process's worker threads and handed out in order. Chunks belong to the caller.
 * At most `threads` shards (default 2) are made ahead of the reader; closing the generator gives up the rest.
 */
export function stream(plan: Plan, options: StreamOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  return shards(plan, options);
}

/**
 * Like `stream`, into a sink: a chunk is valid until the sink's promise settles, and its memory is used again after. For
 * servers: the work is done by the process's worker threads, whatever the number of callers.
 */
export async function pump(plan: Plan, options: StreamOptions, sink: Sink): Promise<RunResult> {
  let bytes = 0;
  for await (const chunk of shards(plan, options)) {
    await sink(chunk);
    bytes += chunk.length;
    if (!isFile(options.format.format)) spareBuffers.give(chunk.buffer);
  }
  return { rows: options.to - (options.from ?? 0), bytes };
}

async function* shards(plan: Plan, options: StreamOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  openStreams.enter();
  try {
    yield* shardsInOrder(plan, options);
  } finally {
    openStreams.leave();
  }
}

async function* shardsInOrder(
  plan: Plan,
  options: StreamOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { format, from = 0, to, threads = 2, signal, onProgress, onNext, external } = options;
  assertRange(plan, from, to);
  const job = jobs.of(plan, format);
  const { prepared } = job;
  const assembler = prepared.file && (await loadFileEncoder(prepared.file)).assembler({ from, to });
  const sizes = new ShardSizes(plan);
  const outside = external !== undefined && hasExternal(plan) ? await valuesOf(plan, external, to) : undefined;
  const rowsOfShard = (): number => (outside === undefined ? sizes.rows : Math.min(sizes.rows, MOST_GIVEN));
  const waiting = stretches(prepared, from, to, rowsOfShard);
  const ahead: { readonly stretch: Stretch; readonly part: Promise<Part> }[] = [];
  let bytes = 0;
  const order = (): void => {
    while (ahead.length < Math.max(1, threads)) {
      const { value: stretch, done } = waiting.next();
      if (done === true) return;
      const buffer = spareBuffers.take(sizes.room(stretch.end - stretch.start));
      const shard = { job, seed: plan.seed, stretch, buffer };
      const part =
        outside === undefined
          ? workerPool.make(shard)
          : outside(stretch.start, stretch.end).then((given) => workerPool.make({ ...shard, given }));
      // Awaited in order below; a failure before its turn must not count as unhandled.
      part.catch(() => undefined);
      ahead.push({ stretch, part });
    }
  };
  const counted = (chunk: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    bytes += chunk.length;
    return chunk;
  };
  order();
  if (assembler !== undefined) yield counted(assembler.head());
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    signal?.throwIfAborted();
    const part = await next.part;
    signal?.throwIfAborted();
    sizes.note(next.stretch.end - next.stretch.start, part.bytes.length);
    order();
    onNext?.(next.stretch.end - from);
    const around = assembler?.around(next.stretch, part);
    if (around !== undefined && around.before.length > 0) yield counted(around.before);
    yield counted(part.bytes);
    if (around !== undefined && around.after.length > 0) yield counted(around.after);
    onProgress?.({ rows: next.stretch.end - from, bytes });
  }
  if (assembler !== undefined) yield counted(assembler.tail());
}
