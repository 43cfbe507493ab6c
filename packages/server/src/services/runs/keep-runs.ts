import type { BlobStore } from '../../store/blobs/blob-store.ts';
import { sweepBlobs } from '../../store/files.ts';
import type { Store } from '../../store/open-store.ts';
import type { RunQueue } from '../../store/queue/run-queue.ts';
import { expireOutputs, forgottenRuns, purgeRuns } from '../../store/run-upkeep.ts';
import { tenantOf } from '../../store/tenant.ts';

/**
 * Lets outputs go that have expired, forgets runs of long ago, and gives notice again of runs whose notice is gone, as after a
 * restore. Any number of servers may do it at once.
 */
export async function keepRuns(store: Store, blobs: BlobStore, queue: RunQueue): Promise<void> {
  for (const { id: workspaceId } of await store.selectFrom('workspace').select('id').execute()) {
    const tenant = tenantOf(store, workspaceId, blobs);
    const expired = await tenant(expireOutputs);
    await tenant(purgeRuns);
    if (expired > 0) await sweepBlobs(tenant, workspaceId);
    await tenant(async (tx) => {
      for (const runId of await forgottenRuns(tx)) {
        if (!(await queue.knows({ runId, workspaceId }))) await queue.send(tx, { runId, workspaceId });
      }
    });
  }
}
