import { setTimeout as pause } from 'node:timers/promises';
import { sweepBlobs } from '../../store/files.ts';
import type { Tenant } from '../../store/tenant.ts';

/** Few are gone by then, of which whoever waits may be told so. */
const PATIENCE_MS = 500;

/**
 * Removes the bytes of a run that was cancelled or deleted. A job may have thousands of parts: whoever has ended it waits a moment for them at
 * most, and the rest goes meanwhile; what cannot be removed now is removed later.
 */
export async function sweepSoon(tenant: Tenant, workspaceId: string): Promise<void> {
  const isOver = new AbortController();
  const sweep = async (): Promise<void> => {
    while (await sweepBlobs(tenant, workspaceId));
  };
  const sweeping = sweep()
    .catch(() => undefined)
    .finally(() => isOver.abort());
  await Promise.race([sweeping, pause(PATIENCE_MS, undefined, { signal: isOver.signal }).catch(() => undefined)]);
}
