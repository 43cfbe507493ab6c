import { sweepBlobs } from '../../store/files.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Tenant } from '../../store/tenant.ts';

/** Removes the bytes of a job that was cancelled; what cannot be removed now is removed later. */
export async function letPartsGo(tenant: Tenant, { kind, workspaceId }: StoredRun): Promise<void> {
  if (kind === 'generation_job') await sweepBlobs(tenant, workspaceId).catch(() => undefined);
}
