import { call } from '../call.ts';
import { OPERATIONS, type SubmittedRun } from '../generated/api.ts';
import type { ExportOptions } from '../generation.ts';
import type { Transport } from '../http/transport.ts';
import { Job } from './job.ts';
import { Template } from './template.ts';

/** A job as it is asked for: rows of a template in a format, with its options beside. */
export interface JobOptions extends ExportOptions {
  /** `files` keeps the parts for a week; `hash` counts and hashes their bytes and drops them. Default `files`. */
  readonly sink?: 'files' | 'hash' | undefined;
  /** Rows of a part; default: as many as suit. */
  readonly partRows?: number | undefined;
  /** Whether each part is a file of its own, as of a folder of Parquet files; `parts()` of the job has them. Default: no. */
  readonly partFiles?: boolean | undefined;
}

/** Generations in parts, which any number of workers make. */
export class Jobs {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Has rows made. Sent again, it is one job.
   * @param template its id or name, perhaps at a version
   */
  async create(template: string, { partRows, partFiles, signal, ...options }: JobOptions): Promise<Job> {
    const id = await new Template(this.#transport, template).id();
    const body = { ...options, template_id: id, part_rows: partRows, part_files: partFiles };
    const { run_id: runId } = (await call(this.#transport, OPERATIONS.createJob, { body, signal })) as SubmittedRun;
    return this.get(runId);
  }

  /** A job, by its id; nothing is asked yet. */
  get(id: string): Job {
    return new Job(this.#transport, id);
  }
}
