import type { BlobStore } from '../store/blobs/blob-store.ts';
import { sweepBlobs } from '../store/files.ts';
import type { Store } from '../store/open-store.ts';
import { PURGED, purge } from '../store/purge.ts';
import { purgeWorkspace } from '../store/purge-workspace.ts';
import { type Tenant, tenantOf } from '../store/tenant.ts';
import { workspaceIds } from '../store/workspaces.ts';

/**
 * Takes away, in every workspace, what was deleted long enough ago, the workspace itself included, and bytes that belong to no file: those that uploads left
 * behind when a server died, and those that could not be removed with their file. What fails in one workspace does not keep it
 * from the others.
 * @throws AggregateError when all of them had their turn
 */
export async function sweepWorkspaces(store: Store, blobs: BlobStore): Promise<void> {
  const errors: unknown[] = [];
  for (const id of await workspaceIds(store)) {
    const tenant = tenantOf(store, id, blobs);
    for (const sweep of [purgeAll, sweepBlobs, purgeWorkspace])
      await sweep(tenant, id).catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} sweeps of workspaces failed`);
}

async function purgeAll(tenant: Tenant, workspaceId: string): Promise<void> {
  for (const kind of Object.keys(PURGED) as (keyof typeof PURGED)[]) {
    while (await purge(tenant, workspaceId, kind));
  }
}
