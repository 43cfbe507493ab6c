import { createHash } from 'node:crypto';
import type { Session } from '@datamaker/connectors';
import type { SeedEstimate, SeedOptions, SeedPlan } from '@datamaker/seeding';
import { conflict } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';
import { toSeedApiError } from './seed-failed.ts';

/** How rows are kept: as they come, or all of them or none. */
export type SeedMode = 'chunks' | 'transaction';

export interface SeedRequest extends SeedOptions {
  readonly mode?: SeedMode | undefined;
}

/** What would be written. */
export interface PlannedSeed {
  readonly plan: SeedPlan;
  /** The same for the same plan, whenever it is made. */
  readonly planHash: string;
  readonly mode: SeedMode;
  readonly estimate: SeedEstimate;
  /** Tables that get no rows. */
  readonly leftOut: readonly string[];
}

/** Systems that were filled and cleared again in tests. */
const SEEDABLE: readonly string[] = ['postgres'];

/** @throws ApiError conflict */
export function refuseUnseedable({ type }: Pick<StoredConnection, 'type'>): void {
  if (SEEDABLE.includes(type)) return;
  const message = `whole schemas of ${type} are not filled yet`;
  throw conflict('not_seedable', message, 'put rows into single tables with POST /connections/{id}/rows');
}

/**
 * Reads what there is and plans rows beside it. Changes nothing.
 * @throws ApiError validation_error, conflict; ConnectionError
 */
export async function planConnection(session: Session, request: SeedRequest): Promise<PlannedSeed> {
  const { estimateSeed, planSeed, tableId } = await import('@datamaker/seeding');
  const { mode: asked, ...options } = request;
  const schema = await session.introspect();
  const plan = await planSeed(session, schema, options).catch((error: unknown) => {
    throw toSeedApiError(error);
  });
  const planned = new Set(plan.tables.map(({ id }) => id));
  return {
    plan,
    planHash: hashOf(plan),
    mode: asked ?? (plan.needsDeferred ? 'transaction' : 'chunks'),
    estimate: await estimateSeed(plan),
    leftOut: schema.tables.map(tableId).filter((id) => !planned.has(id)),
  };
}

/** Of all but the moment of planning: what depends on that is its length in days, and not what is written where. */
const hashOf = ({ now: _now, ...plan }: SeedPlan): string =>
  createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 32);
