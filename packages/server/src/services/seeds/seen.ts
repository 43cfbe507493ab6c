import { ApiError } from '../../errors.ts';
import { findConnection, type StoredConnection } from '../../store/connections.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import { findReceipt, type KeptReceipt } from '../../store/seed-receipts.ts';
import type { Tenant } from '../../store/tenant.ts';
import { refuseElsewhere } from '../connections/refuse-elsewhere.ts';

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
  { workspaceId, projectId }: Pick<HeldRun, 'workspaceId' | 'projectId'>,
  connectionId: string,
  seedRunId: string,
): Promise<Seen> {
  return tenant(async (tx) => {
    const connection = await findConnection(tx, { workspaceId, projectId }, connectionId);
    if (connection === undefined) throw new ApiError('not_found', 'the connection is not there any more');
    const kept = await findReceipt(tx, seedRunId);
    if (kept === undefined) throw new ApiError('not_found', 'there is no receipt of that run');
    refuseElsewhere(connection, kept.target);
    return { connection, kept };
  });
}
