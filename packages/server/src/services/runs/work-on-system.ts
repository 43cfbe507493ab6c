import type { RunKind } from '../../run-states.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import type { Tenant } from '../../store/tenant.ts';
import { workOnPush } from '../pushes/work-on-push.ts';
import { workOnSeed } from '../seeds/work-on-seed.ts';
import { workOnUndo } from '../undo/work-on-undo.ts';
import type { OutputProgress } from './make-output.ts';
import type { PushingPlaces } from './system-places.ts';

type Work = typeof workOnPush;

const WORK: Readonly<Partial<Record<RunKind, Work>>> = { push: workOnPush, seed: workOnSeed, undo: workOnUndo };

/** Works on a run that changes the system of a connection and leaves no output. */
export function workOnSystem(
  run: HeldRun,
  tenant: Tenant,
  places: PushingPlaces,
  progress: OutputProgress,
  signal: AbortSignal,
): Promise<void> {
  const work = WORK[run.kind];
  if (work === undefined) throw new Error(`nobody works on a ${run.kind}`);
  return work(run, tenant, places, progress, signal);
}
