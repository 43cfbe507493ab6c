import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import {
  type FormatOptions,
  generateFile,
  isFile,
  type Plan,
  prepareGenerator,
  type ResidentGenerator,
} from '@datamaker/engine';

/** What parts of a job are made from. */
export interface PartSource {
  /** Of the job: threads keep what they have compiled for the last one. */
  readonly id: string;
  readonly plan: Plan;
  readonly format: FormatOptions;
  /** Whether each part is a file of its own, as if nothing were asked for but its rows. */
  readonly partFiles: boolean;
  /** Rows of the whole output. */
  readonly from: number;
  readonly to: number;
}

export interface PartTask {
  /** The id of what it is made from. */
  readonly id: string;
  /** Left out for a thread that has made a part of it just before. */
  readonly source: PartSource | undefined;
  /** Rows of the part. */
  readonly start: number;
  readonly end: number;
  /** A file that is not there yet; null: bytes are counted and dropped. */
  readonly path: string | null;
  /** Most bytes. */
  readonly most: number;
  /** Whether to stop, and how many rows are made. */
  readonly control: SharedArrayBuffer;
}

export interface PartBytes {
  readonly bytes: number;
  readonly sha256: Uint8Array;
}

/** Places in the control of a task. */
export const CONTROL = { stop: 0, rows: 1, places: 2 } as const;

/** Names of the errors that tell why there is no part. */
export const PART_STOPPED = 'PartStopped';
export const PART_TOO_LARGE = 'PartTooLarge';

const CHUNK_BYTES = 512 * 1024;
/** How often it is told how far a part is. */
const STEP_ROWS = 50_000;

interface Compiled {
  readonly source: PartSource;
  /** Undefined: the format is a file of its own. */
  readonly generator: ResidentGenerator | undefined;
}

/** Makes parts of jobs on the thread that it is on, which does nothing else meanwhile. */
export class PartMaker {
  #latest: Compiled | undefined;

  async make(task: PartTask): Promise<PartBytes> {
    const { path, most } = task;
    const control = new BigInt64Array(task.control);
    const digest = createHash('sha256');
    const file = path === null ? undefined : openSync(path, 'wx', 0o600);
    let bytes = 0;
    const take = (chunk: Uint8Array): void => {
      if (Atomics.load(control, CONTROL.stop) !== 0n) throw named(PART_STOPPED, 'the part is not wanted any more');
      bytes += chunk.length;
      if (bytes > most) throw named(PART_TOO_LARGE, `the part has more than ${most} bytes`);
      digest.update(chunk);
      if (file !== undefined) writeAll(file, chunk);
    };
    try {
      const { source, generator } = this.#sourceOf(task);
      const { plan, format } = source;
      const { start, end } = task;
      // Where the format is a file of its own, so is the part: it has all rows, or those of one of several files.
      if (generator === undefined) for await (const chunk of generateFile(plan, format, start, end)) take(chunk);
      else for (const chunk of stretches(source, generator, task, control)) take(chunk);
      if (file !== undefined) fsyncSync(file);
    } finally {
      if (file !== undefined) closeSync(file);
    }
    return { bytes, sha256: digest.digest() };
  }

  #sourceOf({ id, source }: PartTask): Compiled {
    if (this.#latest?.source.id === id) return this.#latest;
    if (source === undefined) throw new Error(`nothing is known here of ${id}`);
    const { plan, format } = source;
    const generator = isFile(format.format) ? undefined : prepareGenerator(plan, format, CHUNK_BYTES);
    this.#latest = { source, generator };
    return this.#latest;
  }
}

/** The bytes of a part, in pieces: after each it is told how many rows there are. */
function* stretches(
  { plan, partFiles, ...all }: PartSource,
  generator: ResidentGenerator,
  { start, end }: PartTask,
  control: BigInt64Array,
): Iterable<Uint8Array> {
  const { from, to } = partFiles ? { from: start, to: end } : all;
  for (let first = start; first < end; first += STEP_ROWS) {
    const next = Math.min(end, first + STEP_ROWS);
    yield* generator.stretch(plan.seed, { start: first, end: next, from, to });
    Atomics.store(control, CONTROL.rows, BigInt(next - start));
  }
}

/** A plain write may take a part only. */
function writeAll(file: number, chunk: Uint8Array): void {
  for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done, chunk.length - done);
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });
