import type { FormatOptions } from '../format/format-options.ts';
import type { Plan } from '../plan/plan.ts';
import { ByteGenerator, type Stretch } from '../rows/generate-bytes.ts';

/** What a stream produces. */
export interface Job {
  readonly id: number;
  readonly plan: Plan;
  readonly format: FormatOptions;
}

/** One piece of a stream. */
export interface ShardTask {
  readonly kind: 'shard';
  readonly jobId: number;
  /** Left out when the worker is thought to have the job's kernel: plans are large to send. */
  readonly job: Job | undefined;
  readonly stretch: Stretch;
}

/** Kernels kept for jobs that may come back. */
const KEPT_JOBS = 8;

/** Makes shards of any jobs, keeping the kernels of the last few. */
export class ShardMaker {
  #generators = new Map<number, ByteGenerator>();

  /** The shard's bytes, or undefined when the job must be sent once more. */
  make({ jobId, job, stretch }: ShardTask): Uint8Array<ArrayBuffer> | undefined {
    let generator = this.#generators.get(jobId);
    if (generator === undefined) {
      if (job === undefined) return undefined;
      generator = new ByteGenerator(job.plan, job.format);
    }
    this.#generators.delete(jobId);
    this.#generators.set(jobId, generator);
    for (const oldest of this.#generators.keys()) {
      if (this.#generators.size <= KEPT_JOBS) break;
      this.#generators.delete(oldest);
    }
    return gather(generator.bytes(stretch));
  }
}

let gathered = new Uint8Array(1 << 20);

/** All chunks in one buffer of its own, of just their size, so that it can be handed to another thread. */
function gather(chunks: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const chunk of chunks) {
    if (length + chunk.length > gathered.length) {
      const larger = new Uint8Array(Math.max(gathered.length * 2, length + chunk.length));
      larger.set(gathered.subarray(0, length));
      gathered = larger;
    }
    gathered.set(chunk, length);
    length += chunk.length;
  }
  return gathered.slice(0, length);
}
