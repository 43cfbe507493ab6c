import type { Session } from '@datamaker/connectors';
import type { SeedTarget } from '@datamaker/seeding';
import { ApiError, conflict } from '../../errors.ts';
import { findConnection, type StoredConnection } from '../../store/connections.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import { findReceipt, type KeptReceipt } from '../../store/seed-receipts.ts';
import type { Tenant } from '../../store/tenant.ts';
import { ConnectionDoor, type ConnectionPlaces } from '../connections/connection-door.ts';
import type { SecretVault } from '../secrets/secret-vault.ts';

/** How systems are reached by who works on runs. */
export interface SystemPlaces {
  readonly connections: ConnectionPlaces;
  readonly vault: SecretVault;
}

/** What is known of a run while it is worked on. */
export interface Seen {
  readonly connection: StoredConnection;
  readonly kept: KeptReceipt;
}

/** As long as a notice of a run may be held. */
const LONGEST_MS = 24 * 3_600_000;

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
    refuseOther(connection, kept.target);
    return { connection, kept };
  });
}

/** A receipt speaks of one system only. @throws ApiError conflict */
export function refuseOther({ type, config }: StoredConnection, target: SeedTarget): void {
  if (type === target.type && config.url === target.url) return;
  const message = `the connection leads to ${config.url} now, and not to ${target.url}`;
  throw conflict('connection_changed', message, 'let it lead there again');
}

/** Uses a session that may write. */
export function useToWrite<T>(
  { connections, vault }: SystemPlaces,
  tenant: Tenant,
  connection: StoredConnection,
  signal: AbortSignal,
  use: (session: Session, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const door = new ConnectionDoor(connections, tenant, vault);
  const options = { timeoutMs: LONGEST_MS, signal, writes: true };
  return door.use(connection, options, (session, _connector, stop) => use(session, stop));
}
