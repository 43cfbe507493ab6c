import type { StoredConnection } from '../../store/connections.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import { findReceipt, type KeptReceipt } from '../../store/seed-receipts.ts';
import type { Tenant } from '../../store/tenant.ts';
import { connectionOfRun } from '../runs/connection-of-run.ts';

/** What is known of a run while it is worked on. */
export interface Seen {
  readonly connection: StoredConnection;
  readonly kept: KeptReceipt;
}

/**
 * The connection and the receipt that a run is about.
 * @throws ApiError not_found, conflict
 */
export function seen(
  tenant: Tenant,
  run: Pick<HeldRun, 'workspaceId' | 'projectId'>,
  connectionId: string,
  seedRunId: string,
): Promise<Seen> {
  return tenant((tx) =>
    connectionOfRun(tx, run, connectionId, async () => {
      const kept = await findReceipt(tx, seedRunId);
      return kept && { kept, target: kept.target };
    }),
  );
}
