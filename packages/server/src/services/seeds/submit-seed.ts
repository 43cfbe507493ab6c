import { ApiError, conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Cursors } from '../../security/cursor.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { Principal } from '../../store/keys.ts';
import { addReceipt } from '../../store/seed-receipts.ts';
import { type Tenant, within } from '../../store/tenant.ts';
import type { Limiter, LimitReport } from '../limits/limiter.ts';
import { type RunPlaces, RunService } from '../run-service.ts';
import { noteSeedBegin } from './note-seed.ts';
import type { PlannedSeed } from './plan-connection.ts';
import { packPlan } from './receipts.ts';

/** Where seeds become runs. */
export interface SeedPlaces {
  readonly cursors: Cursors;
  readonly limiter: Limiter;
  readonly runs: RunPlaces;
}

/** The most that a receipt may be: it is kept with the run. */
const MAX_PLAN = 64 * 1024 * 1024;

/**
 * Makes a run of a plan. Its receipt, rows of the workspace's plan, the run and the notice to workers are one transaction: there is a
 * receipt before there is a row.
 * @param told sees what the limit of rows says, and throws when there are not enough
 * @returns the id of the run
 * @throws ApiError conflict, quota_exceeded
 */
export async function submitSeed(
  { cursors, limiter, runs }: SeedPlaces,
  tenant: Tenant,
  principal: Principal,
  connection: StoredConnection,
  { plan, planHash, mode, estimate, leftOut }: PlannedSeed,
  told: (report: LimitReport, rows: number) => void,
): Promise<string> {
  if (estimate.rows === 0) {
    const message = 'no table can be filled';
    throw conflict('no_table', message, 'POST /connections/{id}/seed/plan says what is in the way');
  }
  const packed = await packPlan(plan);
  if (packed.length > MAX_PLAN) throw new ApiError('payload_too_large', 'the plan is too large to be kept');
  const { workspaceId, plan: limits } = principal;
  const id = newId('run');
  await tenant(async (tx) => {
    const held = await limiter.holdRows(tx, workspaceId, limits, estimate.rows);
    if (held.report !== undefined) told(held.report, estimate.rows);
    const { personId, keyId, requestId } = principal;
    const by = { personId, keyId, requestId };
    const exportId = await noteSeedBegin(tx, principal, connection.id, plan, estimate.rows);
    await new RunService(within(tx, tenant.blobs), principal, cursors, runs).submit({
      id,
      kind: 'seed',
      subjectId: connection.id,
      params: {
        connection_id: connection.id,
        seed: plan.seed,
        planHash,
        mode,
        tables: plan.tables.length,
        leftOut: leftOut.length,
      },
      recipe: { connectionId: connection.id, by, exportId },
      total: estimate.rows,
      maxBytes: null,
      reservationId: held.id,
    });
    const { url, auth, options } = connection.config;
    const { username: user } = auth as { readonly username?: string };
    const { schemas } = options as { readonly schemas?: readonly string[] };
    const target = { type: connection.type, url, user, schemas };
    await addReceipt(tx, workspaceId, { runId: id, target, mode, plan: packed });
  });
  return id;
}
