import { newId } from '../../ids.ts';
import type { Cursors } from '../../security/cursor.ts';
import type { Principal } from '../../store/keys.ts';
import { addPushReceipt } from '../../store/push-receipts.ts';
import { type Tenant, within } from '../../store/tenant.ts';
import type { Limiter, LimitReport } from '../limits/limiter.ts';
import { type RunPlaces, RunService } from '../run-service.ts';
import { mostBytesOf } from '../runs/most-bytes-of.ts';
import { noteBegin } from './note-push.ts';
import type { PlannedPush } from './plan-push.ts';
import { showPush, startOf } from './push-progress.ts';

/** Where pushes become runs. */
export interface PushPlaces {
  readonly cursors: Cursors;
  readonly limiter: Limiter;
  readonly runs: RunPlaces;
}

/** Sees what the limit of rows says, and throws when there are not enough. */
export type TellLimit = (report: LimitReport, rows: number) => void;

/**
 * Makes a run of a push. Its receipt, rows of the workspace's plan, what the audit has to know, the run and the notice to workers are
 * one transaction.
 * @returns the id of the run
 * @throws ApiError quota_exceeded
 */
export async function submitPush(
  { cursors, limiter, runs }: PushPlaces,
  tenant: Tenant,
  principal: Principal,
  connectionId: string,
  { plan, sensitive }: PlannedPush,
  told: TellLimit,
): Promise<string> {
  const { workspaceId, plan: limits } = principal;
  const { template, seed, table, from, to, onConflict } = plan;
  const id = newId('run');
  const total = to - from;
  const state = startOf(plan);
  await tenant(async (tx) => {
    const held = await limiter.holdRows(tx, workspaceId, limits, total);
    if (held.report !== undefined) told(held.report, total);
    await new RunService(within(tx, tenant.blobs), principal, cursors, runs).submit({
      id,
      kind: 'push',
      subjectId: template.id,
      params: {
        template_id: template.id,
        template_version: template.version,
        connection_id: connectionId,
        table: table.name,
        schema: table.schema,
        from,
        count: total,
        seed,
        on_conflict: onConflict,
      },
      recipe: { connectionId },
      total,
      // Of what programs make for its rows.
      maxBytes: mostBytesOf(runs, limiter.runBytesOf(limits)),
      reservationId: held.id,
      result: showPush(plan, state).result,
    });
    await addPushReceipt(tx, workspaceId, id, { plan, state });
    await noteBegin(tx, principal, connectionId, sensitive, plan);
  });
  return id;
}
