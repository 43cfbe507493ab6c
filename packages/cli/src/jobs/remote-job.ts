import { badArgument } from '../errors/command-error.ts';
import type { RemoteRun } from '../remote/remote-run.ts';
import type { ServerApi } from '../remote/server-api.ts';

/** A job as GET /jobs/{id} has it. */
export interface RemoteJob extends RemoteRun {
  readonly progress: { readonly rows: number; readonly bytes: number; readonly total: number };
  readonly sink: 'files' | 'hash';
  /** Whether each part is a file of its own; servers from before there were such say nothing. */
  readonly part_files?: boolean;
  readonly engine_version: string;
  readonly parts: { readonly total: number; readonly done: number; readonly running: number };
  readonly rows_per_second: number | null;
  readonly seconds_left: number | null;
}

/** A part of a job that is made. */
export interface RemotePart {
  readonly number: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a job made. */
export interface RemoteManifest {
  readonly rows: number;
  readonly bytes: number;
  /** As of a job. */
  readonly part_files?: boolean;
  readonly parts: readonly RemotePart[];
}

/** @throws ServerError when there is none */
export const readJob = (api: ServerApi, id: string, signal?: AbortSignal): Promise<RemoteJob> =>
  api.json(`/jobs/${id}`, { signal });

export const readManifest = (api: ServerApi, id: string): Promise<RemoteManifest> => api.json(`/jobs/${id}/manifest`);

/** The id of a job, as somebody has given it. @throws CommandError */
export function jobId(id: string): string {
  if (/^run_\w{1,40}$/.test(id)) return id;
  throw badArgument(
    id.slice(0, 40),
    'invalid_id',
    'that is no id of a job',
    '`datamaker runs list --kind generation_job` lists them',
  );
}
