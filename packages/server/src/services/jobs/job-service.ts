import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ApiError, conflict } from '../../errors.ts';
import type { Cursors } from '../../security/cursor.ts';
import type { BlobStore } from '../../store/blobs/blob-store.ts';
import {
  findJob,
  type JobProgress,
  madeParts,
  progressOf,
  type StoredJob,
  type StoredPart,
} from '../../store/generation-jobs.ts';
import type { Principal } from '../../store/keys.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Tenant } from '../../store/tenant.ts';
import { hasEnded, type RunPlaces, RunService } from '../run-service.ts';
import { bytesOfParts, wholePart } from './part-bytes.ts';

/** A job, with its run. */
export interface FoundJob {
  readonly run: StoredRun;
  readonly job: StoredJob;
}

/** A part whose bytes are not those that were made. */
export interface DamagedPart {
  readonly part: number;
  readonly code: 'part_missing' | 'part_damaged';
  readonly message: string;
}

export interface JobCheck {
  readonly parts: number;
  readonly bytes: number;
  readonly damaged: readonly DamagedPart[];
}

/** Use-cases of jobs, for one project: what is made, and whether it is still there. Whatever is not in it does not exist. */
export class JobService {
  readonly #tenant: Tenant;
  readonly #runs: RunService;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, places: RunPlaces) {
    this.#tenant = tenant;
    this.#runs = new RunService(tenant, principal, cursors, places);
  }

  /** @throws ApiError not_found */
  async find(id: string): Promise<FoundJob> {
    return this.#with(await this.#runs.find(id));
  }

  /** The job when it has ended, or as it is when the time is over or `signal` says so. @throws ApiError not_found */
  async wait(id: string, ms: number, signal: AbortSignal): Promise<FoundJob> {
    await this.find(id);
    return this.#with(await this.#runs.wait(id, ms, signal));
  }

  async #with(run: StoredRun): Promise<FoundJob> {
    const job = run.kind === 'generation_job' ? await this.#tenant((tx) => findJob(tx, run.id)) : undefined;
    if (job === undefined) throw new ApiError('not_found', 'there is no such job');
    return { run, job };
  }

  progress = ({ run }: FoundJob): Promise<JobProgress> => this.#tenant((tx) => progressOf(tx, run.id));

  /** All parts of a job that is done. @throws ApiError not_found, conflict, output_expired */
  async parts(id: string): Promise<FoundJob & { readonly parts: readonly StoredPart[] }> {
    const found = await this.find(id);
    const { state } = found.run;
    if (state !== 'done') {
      const message = hasEnded(found.run)
        ? `the job is ${state}: not all of its parts are there`
        : `the job is ${state}: wait until it is done`;
      throw conflict('run_without_output', message, `GET /jobs/${id}?wait=true answers when it has ended`);
    }
    const parts = await this.#tenant((tx) => madeParts(tx, id));
    if (parts.length === 0) throw new ApiError('output_expired', 'parts are kept for a week: submit the job again');
    return { ...found, parts };
  }

  /** The same, of a job that keeps its parts. @throws ApiError not_found, conflict, output_expired */
  async keptParts(id: string): Promise<FoundJob & { readonly parts: readonly StoredPart[] }> {
    refuseDropped(await this.find(id));
    return this.parts(id);
  }

  /** The same, of a job whose parts are one output. @throws ApiError not_found, conflict, job_of_files, output_expired */
  async joinedParts(id: string): Promise<FoundJob & { readonly parts: readonly StoredPart[] }> {
    const found = await this.find(id);
    refuseDropped(found);
    if (found.job.partFiles) {
      throw new ApiError('job_of_files', 'each part of the job is a file of its own, and there is no file of all', [
        {
          code: 'job_of_files',
          pointer: '',
          message: 'the job was made with part_files',
          hint: `GET /jobs/${id}/manifest names its files, and GET /jobs/${id}/parts/{number} answers each of them`,
        },
      ]);
    }
    return this.parts(id);
  }

  /** A part that is made, also of a job that is not done. @throws ApiError not_found, conflict */
  async part(id: string, number: number): Promise<FoundJob & { readonly part: StoredPart }> {
    const found = await this.find(id);
    refuseDropped(found);
    const [part] = await this.#tenant((tx) => madeParts(tx, id, number));
    if (part !== undefined) return { ...found, part };
    if (number > found.job.parts) throw new ApiError('not_found', `the job has ${found.job.parts} parts`);
    if (found.run.state === 'done') throw new ApiError('output_expired', 'parts are kept for a week');
    throw conflict('run_without_output', `part ${number} is not made`, `GET /jobs/${id} says how far the job is`);
  }

  /** The bytes of parts one after the other. Both ends of a range are inclusive. */
  open({ run }: FoundJob, parts: readonly StoredPart[], range?: { start: number; end: number }): Readable {
    return Readable.from(bytesOfParts(this.#blobs, run.workspaceId, parts, range), { objectMode: false });
  }

  /**
   * Reads parts of a job, and tells those whose bytes are not what was made.
   * @param turn waits until a part may be read; what it returns is called when it was
   * @throws ApiError not_found, conflict, output_expired, whatever `turn` throws
   */
  async verify(
    id: string,
    { first, last }: { readonly first: number; readonly last: number },
    turn: (isFirst: boolean) => Promise<() => void>,
    signal: AbortSignal,
  ): Promise<JobCheck> {
    // Nobody waits to be told that there is none.
    await this.find(id);
    const damaged: DamagedPart[] = [];
    let bytes = 0;
    let leave = await turn(true);
    try {
      // When it is its turn: what was there before may be gone.
      const { run, parts: all } = await this.keptParts(id);
      const parts = all.filter(({ number }) => number >= first && number <= last);
      for (const [n, part] of parts.entries()) {
        if (n > 0) {
          leave();
          leave = await turn(false);
        }
        try {
          for await (const chunk of wholePart(this.#blobs, run.workspaceId, part)) {
            signal.throwIfAborted();
            bytes += chunk.length;
          }
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          const { code, message } = error;
          if (code !== 'part_missing' && code !== 'part_damaged') throw error;
          await this.find(id);
          damaged.push({ part: part.number, code, message });
        }
      }
      // Of a job that was deleted meanwhile, or has expired, nothing is damaged.
      if (damaged.length > 0) await this.keptParts(id);
      return { parts: parts.length, bytes, damaged };
    } finally {
      leave();
    }
  }

  get #blobs(): BlobStore {
    const { blobs } = this.#tenant;
    if (blobs === undefined) throw new Error('there is no file store here');
    return blobs;
  }
}

/** What all parts together are known by. */
export function digestOfParts(parts: readonly StoredPart[]): Buffer {
  const digest = createHash('sha256');
  for (const { sha256 } of parts) digest.update(sha256);
  return digest.digest();
}

function refuseDropped({ job }: FoundJob): void {
  if (job.sink !== 'hash') return;
  const message = 'the sink of the job is hash: bytes were counted, hashed and dropped';
  throw conflict('job_without_bytes', message, 'see its manifest, or submit it with the sink files');
}
