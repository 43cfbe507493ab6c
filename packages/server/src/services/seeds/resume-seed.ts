import { conflict } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import { countPaid } from '../../store/row-reservations.ts';
import { tellServers } from '../../store/run-logs.ts';
import { reviveRun } from '../../store/run-revival.ts';
import type { StoredRun } from '../../store/runs.ts';
import { changeChunks, findReceipt } from '../../store/seed-receipts.ts';
import type { Tenant } from '../../store/tenant.ts';
import type { PushPlaces, TellLimit } from '../pushes/submit-push.ts';
import { refuseFullQueue } from '../runs/refuse-full-queue.ts';
import { SUBMITTED } from '../runs/run-signals.ts';
import { refuseTakenBack } from '../undo/refuse-taken-back.ts';
import { noteSeedBegin } from './note-seed.ts';
import { openReceipt, resultOf, withDoubtDecided } from './receipts.ts';

/** Whoever works on a run that was cancelled elsewhere knows of it by then: longer than twice the time between renewals. */
const SETTLED_MS = 5000;

/**
 * Has a seed go on that failed, was cancelled or lost its workers, behind what was written: rows that were on their way are looked for.
 * @param unknown what becomes of rows in doubt that nothing tells apart; undefined: the worker refuses to go on
 * @throws ApiError conflict, quota_exceeded
 */
export async function resumeSeed(
  { limiter, runs }: PushPlaces,
  tenant: Tenant,
  principal: Principal,
  run: StoredRun,
  unknown: 'resend' | 'skip' | undefined,
  told: TellLimit,
): Promise<void> {
  const { workspaceId, projectId, plan: limits } = principal;
  await tenant(async (tx) => {
    const kept = await findReceipt(tx, run.id, true);
    if (kept === undefined) throw new Error(`run ${run.id} has no receipt`);
    await refuseTakenBack(tx, kept);
    const receipt = withDoubtDecided(await openReceipt(kept), unknown);
    const result = resultOf(receipt);
    const left = Math.max(0, run.total - result.rows);
    const held = await limiter.holdRows(tx, workspaceId, limits, left);
    if (held.report !== undefined) told(held.report, left);
    if (held.id !== null) await countPaid(tx, held.id, result.rows);
    const { personId, keyId, requestId } = principal;
    const by = { personId, keyId, requestId };
    const notBefore = run.state === 'cancelled' && run.endedAt !== null ? run.endedAt.getTime() + SETTLED_MS : 0;
    const connectionId = String(run.params['connection_id']);
    const exportId = await noteSeedBegin(tx, principal, connectionId, receipt.plan, left);
    const recipe = { connectionId, by, exportId, notBefore };
    if (!(await reviveRun(tx, projectId, run.id, recipe, held.id))) {
      throw conflict('run_not_resumable', `the run is ${run.state}`, 'only runs that failed or were cancelled go on');
    }
    await changeChunks(tx, run.id, receipt, { rows: result.rows, result: { ...result } });
    await recordAct(tx, principal, { action: 'run.resumed', subjectId: run.id, details: { kind: 'seed', unknown } });
    await refuseFullQueue(tx, principal, runs.plans);
    await runs.queue.send(tx, { runId: run.id, workspaceId });
    await tellServers(tx, SUBMITTED);
  });
}
