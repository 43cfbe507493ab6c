import { conflict } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import type { PushFailure, PushPlan, PushState } from '../../store/push-receipt-table.ts';
import { changePush, findPushReceipt } from '../../store/push-receipts.ts';
import { countPaid } from '../../store/row-reservations.ts';
import { tellServers } from '../../store/run-logs.ts';
import { reviveRun } from '../../store/run-revival.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Tenant } from '../../store/tenant.ts';
import { refuseFullQueue } from '../runs/refuse-full-queue.ts';
import { SUBMITTED } from '../runs/run-signals.ts';
import { refuseTakenBack } from '../undo/refuse-taken-back.ts';
import { noteBegin } from './note-push.ts';
import { showPush, withOutcome } from './push-progress.ts';
import type { PushPlaces, TellLimit } from './submit-push.ts';

/** What becomes of rows of which it is not known whether they arrived. */
export type UnknownRows = 'resend' | 'skip';

/**
 * Has a push go on that failed, was cancelled or lost its workers, from where it ended.
 * @param unknown undefined: the worker finds out, or fails again
 * @throws ApiError conflict, quota_exceeded
 */
export async function resumePush(
  { limiter, runs }: PushPlaces,
  tenant: Tenant,
  principal: Principal,
  run: StoredRun,
  unknown: UnknownRows | undefined,
  told: TellLimit,
): Promise<void> {
  const { workspaceId, projectId, plan: limits } = principal;
  await tenant(async (tx) => {
    const receipt = await findPushReceipt(tx, run.id, true);
    if (receipt === undefined) throw new Error(`run ${run.id} has no receipt`);
    await refuseTakenBack(tx, receipt);
    const { plan } = receipt;
    const state = unknown === undefined ? receipt.state : decided(plan, receipt.state, unknown);
    const connectionId = String(run.params['connection_id']);
    const left = plan.to - state.position;
    if (receipt.state.position === plan.to) {
      throw conflict('run_not_resumable', 'all rows have an outcome already', 'see its `result`');
    }
    const held = await limiter.holdRows(tx, workspaceId, limits, left);
    if (held.report !== undefined) told(held.report, left);
    const shown = showPush(plan, state);
    if (held.id !== null) await countPaid(tx, held.id, shown.rows);
    const isRevived = await reviveRun(tx, projectId, run.id, { connectionId }, held.id);
    if (!isRevived) {
      throw conflict('run_not_resumable', `the run is ${run.state}`, 'only runs that failed or were cancelled go on');
    }
    await changePush(tx, run.id, state, shown);
    await recordAct(tx, principal, { action: 'run.resumed', subjectId: run.id, details: { kind: 'push', unknown } });
    await noteBegin(tx, principal, connectionId, [], plan);
    await refuseFullQueue(tx, principal, runs.plans);
    await runs.queue.send(tx, { runId: run.id, workspaceId });
    await tellServers(tx, SUBMITTED);
  });
}

/** The state after somebody has said what becomes of rows in doubt. */
function decided(plan: PushPlan, state: PushState, unknown: UnknownRows): PushState {
  const { chunk, position } = state;
  if (chunk === null) return state;
  const open = chunk.open ?? Array.from({ length: chunk.to - position }, (_, i) => position + i);
  if (open.length === 0) return state;
  const isWhole = chunk.open === null;
  if (unknown === 'resend') {
    const again = { ...state, resent: state.resent + open.length };
    if (isWhole) return { ...again, chunk: null };
    return { ...again, chunk: { ...chunk, unsent: [...chunk.unsent, ...open].sort((a, b) => a - b), open: [] } };
  }
  const failures = open.map(
    (row): PushFailure => ({ row, status: null, message: 'whether it arrived is not known', unknown: true }),
  );
  const counted = withOutcome(state, { sent: open.length, written: 0, skipped: 0, failures });
  return chunk.unsent.length === 0
    ? { ...counted, position: Math.min(chunk.to, plan.to), chunk: null }
    : { ...counted, chunk: { ...chunk, open: [] } };
}
