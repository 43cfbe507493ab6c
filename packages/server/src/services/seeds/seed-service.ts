import type { Verification } from '@datamaker/seeding';
import type { StoredConnection } from '../../store/connections.ts';
import type { KeptReceipt } from '../../store/seed-receipts.ts';
import { ConnectionData } from '../connections/connection-data.ts';
import { ConnectionDoor } from '../connections/connection-door.ts';
import type { RunSurroundings } from '../runs/run-surroundings.ts';
import { type PlannedSeed, planConnection, refuseUnseedable, type SeedRequest } from './plan-connection.ts';
import { openReceipt } from './receipts.ts';
import { toSeedApiError } from './seed-failed.ts';

const PLAN_MS = 120_000;
const CHECK_MS = 300_000;

/** Use-cases of seeds, for one project. */
export class SeedService {
  readonly #around: RunSurroundings;

  constructor(around: RunSurroundings) {
    this.#around = around;
  }

  /** What would be written into a system. @throws ApiError validation_error, conflict, connection_failed, rate_limited */
  plan(connection: StoredConnection, request: SeedRequest, signal: AbortSignal): Promise<PlannedSeed> {
    refuseUnseedable(connection);
    return this.#data.use(connection, { timeoutMs: PLAN_MS, signal }, (session) => planConnection(session, request));
  }

  /** Reads back what a seed has written. @throws ApiError conflict, connection_failed, rate_limited */
  async verify(connection: StoredConnection, kept: KeptReceipt, signal: AbortSignal): Promise<Verification> {
    const receipt = await openReceipt(kept);
    const { verifySeed } = await import('@datamaker/seeding');
    const use = { timeoutMs: CHECK_MS, signal };
    return this.#data
      .use(connection, use, (session, _connector, stop) => verifySeed(session, receipt, stop))
      .catch((error: unknown) => {
        throw toSeedApiError(error);
      });
  }

  get #data(): ConnectionData {
    const { ownTenant, connections, vault } = this.#around;
    return new ConnectionData(new ConnectionDoor(connections, ownTenant, vault), ownTenant);
  }
}
