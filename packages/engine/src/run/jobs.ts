import type { FormatOptions } from '../format/format-options.ts';
import { isFile } from '../format/is-file.ts';
import type { Plan } from '../plan/plan.ts';
import { type PreparedBytes, prepareBytes } from '../rows/prepare-bytes.ts';
import type { Job } from './shard-worker.ts';

/** What the jobs that are kept may take, about. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** A module's machine code and what the runtime keeps with it, by its bytes: resident memory of many, measured with V8. */
const MODULE = 100;

interface Kept {
  readonly plan: Plan;
  readonly format: string;
  readonly job: Job;
  readonly bytes: number;
}

/**
 * What streams are made from. Those of plans that differ in nothing but their seeds (see `reseed`) share one job: it is compiled
 * once, and threads have its memory once, however many streams there are.
 */
class Jobs {
  #kept: Kept[] = [];
  #count = 0;

  of(plan: Plan, format: FormatOptions): Job {
    // The parts of a file depend on the seed: it is in what joins them.
    if (isFile(format.format)) return this.#make(plan, format);
    const text = JSON.stringify(format);
    const known = this.#kept.find((kept) => kept.format === text && isSame(kept.plan, plan));
    if (known !== undefined) {
      this.#kept.splice(this.#kept.indexOf(known), 1);
      this.#kept.push(known);
      return known.job;
    }
    const job = this.#make(plan, format);
    const { data, codeBytes } = job.prepared.kernel;
    this.#kept.push({ plan, format: text, job, bytes: data.length + codeBytes * MODULE });
    let all = this.#kept.reduce((sum, { bytes }) => sum + bytes, 0);
    while (all > KEPT_BYTES) all -= this.#kept.shift()?.bytes ?? 0;
    return job;
  }

  #make(plan: Plan, format: FormatOptions): Job {
    return { id: ++this.#count, prepared: withSharedTables(prepareBytes(plan, format)) };
  }
}

/** Whether plans are the same but for their seeds. */
const isSame = (a: Plan, b: Plan): boolean => a.fields === b.fields && a.name === b.name && a.negative === b.negative;

/** Threads read the tables where they are: a copy in each message is work, and garbage. */
function withSharedTables(prepared: PreparedBytes): PreparedBytes {
  const { data } = prepared.kernel;
  const shared = new Uint8Array(new SharedArrayBuffer(data.length));
  shared.set(data);
  return { ...prepared, kernel: { ...prepared.kernel, data: shared } };
}

/** Those of the process. */
export const jobs = new Jobs();
