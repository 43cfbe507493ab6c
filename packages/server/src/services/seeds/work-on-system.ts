import { ConnectionError } from '@datamaker/connectors';
import { SeedError } from '@datamaker/seeding/records';
import { ApiError } from '../../errors.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import type { Tenant } from '../../store/tenant.ts';
import { workOnPush } from '../pushes/work-on-push.ts';
import type { OutputProgress } from '../runs/make-output.ts';
import { toSeedApiError } from './seed-failed.ts';
import type { SystemPlaces } from './seed-runs.ts';
import { workOnSeed } from './work-on-seed.ts';
import { workOnUndo } from './work-on-undo.ts';

/** Works on a run that changes the system of a connection and leaves no output. */
export function workOnSystem(
  run: HeldRun,
  tenant: Tenant,
  places: SystemPlaces,
  progress: OutputProgress,
  signal: AbortSignal,
): Promise<void> {
  const work = run.kind === 'push' ? workOnPush : run.kind === 'undo' ? workOnUndo : workOnSeed;
  return work(run, tenant, places, progress, signal);
}

/** What clients are told of what a system, or a plan for it, has refused; undefined: it was something else. */
export function systemFailureOf(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof ConnectionError || error instanceof SeedError)) return undefined;
  const told = toSeedApiError(error);
  if (!(told instanceof ApiError)) return undefined;
  return { code: told.diagnostics[0]?.code ?? told.code, message: told.message };
}
