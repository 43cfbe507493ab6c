import { seeOpenRuns } from '../store/count-open-runs.ts';
import { usageOf } from '../store/files.ts';
import type { Principal } from '../store/keys.ts';
import type { Tenant } from '../store/tenant.ts';
import { readWorkspace } from '../store/workspaces.ts';
import type { Limiter } from './limits/limiter.ts';

/** How much of something a workspace has used. */
export interface Meter {
  readonly name: 'requests' | 'previews' | 'rows' | 'files' | 'storage_bytes' | 'open_runs';
  readonly used: number;
  /** What its plan allows; null: any number. */
  readonly limit: number | null;
  /** The span that the limit speaks of; null: there is none. */
  readonly periodSeconds: number | null;
  /** Until nothing of it counts any more, if nothing is added; null: it stays. */
  readonly resetSeconds: number | null;
}

/** What a workspace uses of what its plan allows. To look costs nothing but the request. */
export async function readUsage(
  tenant: Tenant,
  { workspaceId }: Principal,
  limiter: Limiter,
): Promise<{ readonly plan: string; readonly meters: readonly Meter[] }> {
  const { plan, files, openRuns } = await tenant(async (tx) => ({
    plan: (await readWorkspace(tx, workspaceId)).plan,
    files: await usageOf(tx),
    openRuns: await seeOpenRuns(tx, workspaceId),
  }));
  const flowing = (await limiter.look(workspaceId, plan)).map(
    ({ name, size, remaining, periodSeconds, resetMs }): Meter => ({
      name,
      used: size - remaining,
      limit: size,
      periodSeconds,
      resetSeconds: Math.ceil(resetMs / 1000),
    }),
  );
  const allowed = limiter.filesOf(plan);
  const kept = (name: Meter['name'], used: number, limit: number | null): Meter => ({
    name,
    used,
    limit,
    periodSeconds: null,
    resetSeconds: null,
  });
  const meters = [
    ...flowing,
    kept('files', files.files, allowed.files),
    kept('storage_bytes', files.bytes, allowed.storageBytes),
    kept('open_runs', openRuns, limiter.openRunsOf(plan)),
  ];
  return { plan, meters };
}
