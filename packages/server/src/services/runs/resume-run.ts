import { conflict } from '../../errors.ts';
import type { Principal } from '../../store/keys.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Tenant } from '../../store/tenant.ts';
import { resumeJob } from '../jobs/resume-job.ts';
import { resumePush, type UnknownRows } from '../pushes/resume-push.ts';
import type { PushPlaces, TellLimit } from '../pushes/submit-push.ts';
import { resumeSeed } from '../seeds/resume-seed.ts';

/**
 * Has a push or a seed go on that failed, was cancelled or lost its workers, from where it ended; or a job that failed.
 * @param unknown what becomes of rows of which it is not known whether they arrived; undefined: the worker finds out, or fails again
 * @throws ApiError not_found, conflict, quota_exceeded
 */
export function resumeRun(
  places: PushPlaces,
  tenant: Tenant,
  principal: Principal,
  run: StoredRun,
  unknown: UnknownRows | undefined,
  told: TellLimit,
): Promise<void> {
  if (run.kind === 'push') return resumePush(places, tenant, principal, run, unknown, told);
  if (run.kind === 'seed') return resumeSeed(places, tenant, principal, run, unknown, told);
  if (run.kind === 'generation_job') return resumeJob(places, tenant, principal, run, told);
  throw conflict('run_not_resumable', `a ${run.kind} does not go on`, 'submit it again');
}
