import { ApiError } from '../../errors.ts';
import { countOpenRuns } from '../../store/count-open-runs.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { type Plans, planOf } from '../limits/plans.ts';

/** Runs end as they like: clients may look again after so long. */
const RETRY_SECONDS = 10;

/**
 * Lets no workspace have more runs that have not ended than its plan gives. To be called in the transaction that has just added one: those of a
 * workspace wait for each other, so that none is too many.
 * @throws ApiError too_many_runs
 */
export async function refuseFullQueue(
  tx: Store,
  { workspaceId, plan }: Pick<Principal, 'workspaceId' | 'plan'>,
  plans: Plans,
): Promise<void> {
  const { openRuns: most = null } = planOf(plans, plan);
  if (most === null) return;
  if ((await countOpenRuns(tx, workspaceId)) <= most) return;
  throw new ApiError(
    'too_many_runs',
    `the plan ${plan} gives ${most} runs that have not ended: wait for some to end, or cancel some`,
    [],
    { 'Retry-After': String(RETRY_SECONDS) },
  );
}
