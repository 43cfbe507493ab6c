import { ApiError } from '../../errors.ts';
import { findConnection, type StoredConnection } from '../../store/connections.ts';
import type { Store } from '../../store/open-store.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import { refuseElsewhere } from '../connections/refuse-elsewhere.ts';

/** A receipt, and where its rows went. */
export interface Receipted<Kept> {
  readonly kept: Kept;
  readonly target: { readonly type: string; readonly url: string };
}

/**
 * The connection and the receipt that a run is about.
 * @param find undefined: there is no receipt
 * @throws ApiError not_found, conflict
 */
export async function connectionOfRun<Kept>(
  tx: Store,
  { workspaceId, projectId }: Pick<HeldRun, 'workspaceId' | 'projectId'>,
  connectionId: string,
  find: () => Promise<Receipted<Kept> | undefined>,
): Promise<{ readonly connection: StoredConnection; readonly kept: Kept }> {
  const connection = await findConnection(tx, { workspaceId, projectId }, connectionId);
  if (connection === undefined) throw new ApiError('not_found', 'the connection is not there any more');
  const found = await find();
  if (found === undefined) throw new ApiError('not_found', 'there is no receipt of that run');
  refuseElsewhere(connection, found.target);
  return { connection, kept: found.kept };
}
