import type { Connector, Session } from '@datamaker/connectors';
import type { StoredConnection } from '../../store/connections.ts';
import type { Tenant } from '../../store/tenant.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import type { SystemPlaces } from './system-places.ts';

/** As long as a notice of a run may be held. */
export const LONGEST_MS = 24 * 3_600_000;

/** Uses a session that may write, for as long as a run may take. */
export function useToWrite<T>(
  { connections, vault }: SystemPlaces,
  tenant: Tenant,
  connection: StoredConnection,
  signal: AbortSignal,
  use: (session: Session, signal: AbortSignal, connector: Connector) => Promise<T>,
): Promise<T> {
  const door = new ConnectionDoor(connections, tenant, vault);
  const options = { timeoutMs: LONGEST_MS, signal, writes: true };
  return door.use(connection, options, (session, connector, stop) => use(session, stop, connector));
}
