import { conflict } from '../../errors.ts';
import { findConnection } from '../../store/connections.ts';
import type { PushCheck } from '../../store/push-receipt-table.ts';
import { findPushReceipt } from '../../store/push-receipts.ts';
import { ConnectionData } from '../connections/connection-data.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import { refuseElsewhere } from '../connections/refuse-elsewhere.ts';
import { hasEnded, RunService } from '../run-service.ts';
import type { RunSurroundings } from '../runs/run-surroundings.ts';
import { checkPush } from './check-push.ts';
import { PushRows } from './push-rows-of.ts';
import { PushTarget } from './push-target.ts';

const CHECK_MS = 300_000;

/**
 * Reads back what a push has written, as far as it came.
 * @returns undefined: the run is no push
 * @throws ApiError not_found, conflict, connection_failed, rate_limited
 */
export async function verifyPush(
  { tenant, ownTenant, principal, cursors, vault, connections, runs }: RunSurroundings,
  runId: string,
  signal: AbortSignal,
): Promise<PushCheck | undefined> {
  const run = await new RunService(tenant, principal, cursors, runs).find(runId);
  if (run.kind !== 'push') return undefined;
  if (!hasEnded(run)) {
    throw conflict('run_has_not_ended', `the run is ${run.state}: it may write more`, 'wait for its end, or cancel it');
  }
  const { workspaceId, projectId } = principal;
  const { receipt, connection } = await tenant(async (tx) => ({
    receipt: await findPushReceipt(tx, runId),
    connection: await findConnection(tx, { workspaceId, projectId }, String(run.params['connection_id'])),
  }));
  if (receipt === undefined) throw new Error(`run ${runId} has no receipt`);
  if (connection === undefined) {
    throw conflict('connection_gone', 'the connection of the run is not there any more', 'restore it');
  }
  const { plan, state } = receipt;
  refuseElsewhere(connection, plan.target);
  const rows = await PushRows.open(plan, ownTenant, projectId);
  const data = new ConnectionData(new ConnectionDoor(connections, ownTenant, vault), ownTenant);
  return data.use(connection, { timeoutMs: CHECK_MS, signal }, async (session, connector, stop) => {
    const target = new PushTarget(session, connector, plan);
    return checkPush(plan, rows, state, target, async (some) => {
      stop.throwIfAborted();
      return target.present(some, stop);
    });
  });
}
