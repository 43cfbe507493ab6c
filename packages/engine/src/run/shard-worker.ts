import type { Part, Stretch } from '../file/file-encoder.ts';
import type { ExternalValues } from '../plan/external-values.ts';
import { loadByteGenerator } from '../rows/load-byte-generator.ts';
import type { PreparedBytes } from '../rows/prepare-bytes.ts';
import { KEPT_BYTES, KEPT_JOBS } from './kept-jobs.ts';

/** What streams produce. */
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
  readonly seed: string;
  readonly stretch: Stretch;
  /** A buffer to fill, where it is large enough, or the size of a new one. */
  readonly buffer: ArrayBuffer | number;
  /** Values of fields that are made outside. */
  readonly given?: ExternalValues | undefined;
}

/** Makes shards of any jobs, keeping the kernels of the last few. */
export class ShardMaker {
  #makers = new Map<number, Maker>();

  /** The shard, or undefined when the job must be sent once more. */
  async make({ jobId, job, seed, stretch, buffer, given }: ShardTask): Promise<Part | undefined> {
    let maker = this.#makers.get(jobId);
    if (maker === undefined) {
      if (job === undefined) return undefined;
      maker = await makerOf(job.prepared);
    }
    this.#makers.delete(jobId);
    this.#makers.set(jobId, maker);
    if (given !== undefined) maker.give(given);
    const part = maker.make(seed, stretch, buffer);
    this.#forget();
    return part;
  }

  /** Gives up kernels beyond what may be kept, those that were not used for longest first, never the last used one. */
  #forget(): void {
    let bytes = 0;
    let kept = 0;
    for (const [id, { byteSize }] of [...this.#makers].reverse()) {
      bytes += byteSize();
      kept++;
      if (kept > 1 && (kept > KEPT_JOBS || bytes > KEPT_BYTES)) this.#makers.delete(id);
    }
  }
}

interface Maker {
  readonly make: (seed: string, stretch: Stretch, buffer: ArrayBuffer | number) => Part;
  readonly give: (values: ExternalValues) => void;
  /** Bytes of memory that it holds now. */
  readonly byteSize: () => number;
}

/** Parts of a file, or the bytes of rows as they are. */
async function makerOf(prepared: PreparedBytes): Promise<Maker> {
  if (prepared.file !== undefined) {
    const { PartMaker } = await import('../rows/part-maker.ts');
    const maker = await PartMaker.of(prepared);
    return {
      make: (_seed, stretch) => maker.make(stretch),
      give: (values) => maker.give(values),
      byteSize: () => maker.byteSize,
    };
  }
  const generator = await loadByteGenerator(prepared);
  let current = prepared.seed;
  return {
    make: (seed, stretch, buffer) => {
      if (seed !== current) generator.seed(seed);
      current = seed;
      return { bytes: gather(generator.bytes(stretch), buffer), note: undefined };
    },
    give: (values) => generator.give(values),
    byteSize: () => generator.byteSize,
  };
}

/** All chunks in one buffer that can be handed to another thread: the given one, as long as they fit. */
function gather(chunks: Iterable<Uint8Array>, buffer: ArrayBuffer | number): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(typeof buffer === 'number' ? new ArrayBuffer(buffer) : buffer);
  let length = 0;
  for (const chunk of chunks) {
    if (length + chunk.length > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 1.5, length + chunk.length));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}
