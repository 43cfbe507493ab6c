import { conflict } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import { findJob, openParts, reopenParts } from '../../store/generation-jobs.ts';
import type { Principal } from '../../store/keys.ts';
import { countPaid } from '../../store/row-reservations.ts';
import { tellServers } from '../../store/run-logs.ts';
import { reviveRun } from '../../store/run-revival.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Tenant } from '../../store/tenant.ts';
import type { PushPlaces, TellLimit } from '../pushes/submit-push.ts';
import { refuseFullQueue } from '../runs/refuse-full-queue.ts';
import { SUBMITTED } from '../runs/run-signals.ts';

/**
 * Has a job go on that failed: the parts that are there stay, the others are made.
 * @throws ApiError conflict, quota_exceeded, too_many_runs
 */
export async function resumeJob(
  { limiter, runs }: Pick<PushPlaces, 'limiter' | 'runs'>,
  tenant: Tenant,
  principal: Principal,
  run: StoredRun,
  told: TellLimit,
): Promise<void> {
  const { workspaceId, projectId, plan: limits } = principal;
  const notice = { runId: run.id, workspaceId };
  await tenant(async (tx) => {
    const job = await findJob(tx, run.id);
    if (job === undefined) throw new Error(`run ${run.id} has no parts`);
    const left = run.total - run.rows;
    const held = await limiter.holdRows(tx, workspaceId, limits, left);
    if (held.report !== undefined) told(held.report, left);
    if (held.id !== null) await countPaid(tx, held.id, run.rows);
    const recipe = { engineVersion: job.engineVersion };
    if (run.state !== 'failed' || !(await reviveRun(tx, projectId, run.id, recipe, held.id))) refuse(run);
    // Whoever lets parts go has held the run before.
    const open = await openParts(tx, run.id);
    if (open.length === 0) refuse(run);
    await reopenParts(tx, run.id);
    const details = { kind: run.kind, parts: open.length };
    await recordAct(tx, principal, { action: 'run.resumed', subjectId: run.id, details });
    await refuseFullQueue(tx, principal, runs.plans);
    await runs.queue.sendParts(tx, notice, open, job.engineVersion);
    await tellServers(tx, SUBMITTED);
  });
}

function refuse({ state }: StoredRun): never {
  const message =
    state === 'failed'
      ? 'the parts of the job are no longer kept'
      : `the job is ${state}: only those that failed go on`;
  throw conflict('run_not_resumable', message, 'submit it again: the same seed gives the same bytes');
}
