import type { StoredConnection } from '../../store/connections.ts';
import type { PushCheck } from '../../store/push-receipt-table.ts';
import type { KeptPush } from '../../store/push-receipts.ts';
import { ConnectionData } from '../connections/connection-data.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import type { RunSurroundings } from '../runs/run-surroundings.ts';
import { checkPush } from './check-push.ts';
import { PushRows } from './push-rows-of.ts';
import { PushTarget } from './push-target.ts';

const CHECK_MS = 300_000;

/**
 * Reads back what a push has written, as far as it came.
 * @throws ApiError connection_failed, rate_limited
 */
export async function verifyPush(
  { ownTenant, principal, vault, connections, spool }: RunSurroundings,
  connection: StoredConnection,
  kept: KeptPush,
  signal: AbortSignal,
): Promise<PushCheck> {
  const { plan, state } = kept;
  const { workspaceId, projectId } = principal;
  const rows = await PushRows.open(kept, { tenant: ownTenant, workspaceId, projectId, spool });
  const data = new ConnectionData(new ConnectionDoor(connections, ownTenant, vault), ownTenant);
  return data
    .use(connection, { timeoutMs: CHECK_MS, signal }, async (session, connector, stop) => {
      const target = new PushTarget(session, connector, plan);
      return checkPush(plan, rows, state, target, async (some, within) => {
        stop.throwIfAborted();
        return target.present(some, stop, within);
      });
    })
    .finally(() => rows.close());
}
