import type { BlobStore } from '../../store/blobs/blob-store.ts';
import type { Store } from '../../store/open-store.ts';
import { endUnattendedScenarios } from '../../store/run-leases.ts';
import { tenantOf } from '../../store/tenant.ts';
import type { WorkerRegistry } from './worker-registry.ts';

/** Ends scenarios that nobody executes and nobody has executed for minutes: whoever waits for them is told. */
export async function endUnattended(store: Store, blobs: BlobStore, registry: WorkerRegistry): Promise<void> {
  if (await registry.hasAny('scenarios', 'soon')) return;
  for (const { id } of await store.selectFrom('workspace').select('id').execute()) {
    await tenantOf(store, id, blobs)(endUnattendedScenarios);
  }
}
