import type { ServerApi } from '../remote/server-api.ts';
import type { RemoteManifest } from './remote-job.ts';

/** What there is of the parts of a job. */
export interface JobCheck {
  /** How many were read. */
  readonly parts: number;
  readonly damaged: readonly { readonly part: number; readonly code: string; readonly message: string }[];
}

/** What is read back in one request, about: none takes as long as a proxy waits. */
const CHECKED_BYTES = 1024 ** 3;

/** Has a server read all parts of a job, and name those that are not what was made. */
export async function verifyJob(api: ServerApi, id: string, made: RemoteManifest): Promise<JobCheck> {
  let parts = 0;
  const damaged: JobCheck['damaged'][number][] = [];
  for (const [first, last] of stretchesOf(made)) {
    const check = await api.json<JobCheck>(`/jobs/${id}/verify`, { method: 'POST', body: { first, last } });
    parts += check.parts;
    damaged.push(...check.damaged);
  }
  return { parts, damaged };
}

/** Numbers of parts that are read together, the first and the last. */
function stretchesOf({ parts }: RemoteManifest): [number, number][] {
  const stretches: [number, number][] = [];
  let left = 0;
  for (const { number, bytes } of parts) {
    const latest = stretches.at(-1);
    if (latest === undefined || left < bytes) {
      stretches.push([number, number]);
      left = CHECKED_BYTES;
    } else latest[1] = number;
    left -= bytes;
  }
  return stretches;
}
