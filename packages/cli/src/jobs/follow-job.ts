import { setTimeout as wait } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { Progress } from '../output/progress.ts';
import { say } from '../output/say.ts';
import { hasEnded } from '../remote/remote-run.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { type RemoteJob, readJob } from './remote-job.ts';

/** How often it is asked how far a job is, in milliseconds. */
const LOOK_MS = 500;

/** Waits for the end of a job, with a progress bar where one can be seen. */
export async function followJob(api: ServerApi, id: string, signal?: AbortSignal): Promise<RemoteJob> {
  let progress: Progress | undefined;
  try {
    for (;;) {
      const job = await readJob(api, id, signal);
      if (hasEnded(job)) return job;
      const { rows, bytes, total } = job.progress;
      if (isatty(2) && process.env.TERM !== 'dumb') {
        progress ??= new Progress(total, { write: say, columns: process.stderr.columns || 80 });
        progress.update(rows, bytes, job.rows_per_second ?? 0);
      }
      await wait(LOOK_MS, undefined, signal && { signal });
    }
  } finally {
    progress?.clear();
  }
}
