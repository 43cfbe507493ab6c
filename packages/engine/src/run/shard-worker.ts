import type { FormatOptions } from '../format/format-options.ts';
import type { Plan } from '../plan/plan.ts';
import { ByteGenerator, type Stretch } from '../rows/generate-bytes.ts';

/** One piece of a stream. A worker that has seen the job already has its kernel. */
export interface ShardTask {
  readonly kind: 'shard';
  readonly id: number;
  readonly job: number;
  readonly plan: Plan;
  readonly format: FormatOptions;
  readonly stretch: Stretch;
}

/** Kernels kept for jobs that may come back. */
const KEPT_JOBS = 8;

/** Makes shards of any jobs, keeping the kernels of the last few. */
export class ShardMaker {
  #generators = new Map<number, ByteGenerator>();

  make({ job, plan, format, stretch }: ShardTask): Uint8Array {
    let generator = this.#generators.get(job);
    if (generator === undefined) {
      generator = new ByteGenerator(plan, format);
    } else {
      this.#generators.delete(job);
    }
    this.#generators.set(job, generator);
    for (const oldest of this.#generators.keys()) {
      if (this.#generators.size <= KEPT_JOBS) break;
      this.#generators.delete(oldest);
    }
    return gather(generator.bytes(stretch));
  }
}

/** All chunks in one buffer of its own, so that it can be handed to another thread. */
function gather(chunks: Iterable<Uint8Array>): Uint8Array {
  let bytes = new Uint8Array(1 << 20);
  let length = 0;
  for (const chunk of chunks) {
    if (length + chunk.length > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, length + chunk.length));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}
