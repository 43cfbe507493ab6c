import type { Principal } from '../../store/keys.ts';
import { tellServers } from '../../store/run-logs.ts';
import { type NewRun, RunStore } from '../../store/runs.ts';
import type { Tenant } from '../../store/tenant.ts';
import type { RunPlaces } from '../run-service.ts';
import { laneOf } from './lane-of.ts';
import { refuseFullQueue } from './refuse-full-queue.ts';
import { SUBMITTED } from './run-signals.ts';

/**
 * Stores a run and gives notice of it, both or neither.
 * @throws ApiError too_many_runs
 */
export const submitRun = (
  tenant: Tenant,
  author: Principal,
  { queue, plans }: Pick<RunPlaces, 'queue' | 'plans'>,
  run: NewRun,
): Promise<void> =>
  new RunStore(tenant, author.projectId).add(run, author, async (tx) => {
    await refuseFullQueue(tx, author, plans);
    await queue.send(tx, { runId: run.id, workspaceId: author.workspaceId }, laneOf(run.kind));
    await tellServers(tx, SUBMITTED);
  });
