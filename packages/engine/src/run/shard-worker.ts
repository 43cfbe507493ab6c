import { ByteGenerator, type Stretch } from '../rows/byte-generator.ts';
import type { PreparedBytes } from '../rows/prepare-bytes.ts';

/** What a stream produces. */
export interface Job {
  readonly id: number;
  readonly prepared: PreparedBytes;
}

/** One piece of a stream. */
export interface ShardTask {
  readonly kind: 'shard';
  readonly jobId: number;
  /** Left out when the worker is thought to have the job's kernel. */
  readonly job: Job | undefined;
  readonly stretch: Stretch;
  /** A buffer to fill, where it is large enough. */
  readonly spare: ArrayBuffer | undefined;
}

/** Kernels kept for jobs that may come back. */
const KEPT_JOBS = 8;

/** Makes shards of any jobs, keeping the kernels of the last few. */
export class ShardMaker {
  #generators = new Map<number, ByteGenerator>();

  /** The shard's bytes, or undefined when the job must be sent once more. */
  make({ jobId, job, stretch, spare }: ShardTask): Uint8Array<ArrayBuffer> | undefined {
    let generator = this.#generators.get(jobId);
    if (generator === undefined) {
      if (job === undefined) return undefined;
      generator = new ByteGenerator(job.prepared);
    }
    this.#generators.delete(jobId);
    this.#generators.set(jobId, generator);
    for (const oldest of this.#generators.keys()) {
      if (this.#generators.size <= KEPT_JOBS) break;
      this.#generators.delete(oldest);
    }
    return gather(generator.bytes(stretch), spare);
  }
}

/** Buffers are made for typical shards, and grow for others. */
const BUFFER_BYTES = 2.5 * 1024 * 1024;

/** All chunks in one buffer that can be handed to another thread: the spare one, or a new one. */
function gather(chunks: Iterable<Uint8Array>, spare: ArrayBuffer | undefined): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(spare ?? new ArrayBuffer(BUFFER_BYTES));
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
