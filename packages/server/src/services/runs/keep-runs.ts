import type { BlobStore } from '../../store/blobs/blob-store.ts';
import { sweepBlobs } from '../../store/files.ts';
import { findJob, openParts } from '../../store/generation-jobs.ts';
import type { Store } from '../../store/open-store.ts';
import type { RunQueue } from '../../store/queue/run-queue.ts';
import { expireLogs } from '../../store/run-logs.ts';
import { expireOutputs, expireParts, forgottenRuns, purgeRuns } from '../../store/run-upkeep.ts';
import { forgottenSchedules } from '../../store/scenario-schedules.ts';
import { tenantOf } from '../../store/tenant.ts';
import { workspaceIds } from '../../store/workspaces.ts';
import { laneOf } from './lane-of.ts';

/**
 * Lets outputs go that have expired, forgets runs of long ago, and gives notice again of runs whose notice is gone, as after a
 * restore. Any number of servers may do it at once.
 */
export async function keepRuns(store: Store, blobs: BlobStore, queue: RunQueue): Promise<void> {
  for (const workspaceId of await workspaceIds(store)) {
    const tenant = tenantOf(store, workspaceId, blobs);
    for (const expire of [expireOutputs, expireLogs, expireParts, purgeRuns]) await tenant<unknown>(expire);
    // Also what others have let go and not removed. What cannot be removed now is removed later.
    while (await sweepBlobs(tenant, workspaceId).catch(() => false));
    await tenant(async (tx) => {
      for (const { id: runId, kind } of await forgottenRuns(tx)) {
        const lane = laneOf(kind);
        const notice = { runId, workspaceId };
        if (await queue.knows(notice, lane)) continue;
        const job = kind === 'generation_job' ? await findJob(tx, runId) : undefined;
        if (job === undefined) await queue.send(tx, notice, lane);
        else await queue.sendParts(tx, notice, await openParts(tx, runId), job.engineVersion);
      }
      for (const runId of await forgottenSchedules(tx)) {
        const notice = { runId, workspaceId };
        if (!(await queue.knows(notice, 'schedules'))) await queue.send(tx, notice, 'schedules');
      }
    });
  }
}
