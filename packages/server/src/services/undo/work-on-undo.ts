import { setTimeout as pause } from 'node:timers/promises';
import { recordAct } from '../../store/audit.ts';
import type { Store } from '../../store/open-store.ts';
import { failRun, finishWithoutOutput, type HeldRun } from '../../store/run-leases.ts';
import type { UndoRecipe } from '../../store/run-table.ts';
import { RunStore } from '../../store/runs.ts';
import type { Tenant } from '../../store/tenant.ts';
import { noteUndone } from '../../store/undo-notes.ts';
import { refuseReadOnly } from '../connections/refuse-read-only.ts';
import { connectionOfRun } from '../runs/connection-of-run.ts';
import { LeaseLost } from '../runs/lease-lost.ts';
import type { OutputProgress } from '../runs/make-output.ts';
import { RunFailure } from '../runs/run-failure.ts';
import type { SystemPlaces } from '../runs/system-places.ts';
import { useToWrite } from '../runs/use-to-write.ts';
import { asPushed, findKept, targetOf } from './kept-run.ts';
import { presentUndo, type ShownUndo, sayUndo } from './present-undo.ts';
import { takeBack } from './take-back.ts';

/** Whoever works on a run that was cancelled elsewhere knows of it by then: longer than twice the time between renewals. */
const SETTLED_MS = 5000;

/**
 * Takes a run back that wrote into a system: in one transaction where that has any, so that an attempt which died has removed nothing.
 * @throws LeaseLost, SeedError, ConnectionError, ApiError, the reason of `signal`
 */
export async function workOnUndo(
  run: HeldRun,
  tenant: Tenant,
  places: SystemPlaces,
  progress: OutputProgress,
  signal: AbortSignal,
): Promise<void> {
  const { workspaceId, projectId } = run;
  const { seedRunId: runId, edited } = run.recipe as UndoRecipe;
  await settled(run, tenant, runId, signal);
  const { connection, kept } = await open(run, tenant);
  const before = new Map<string, number>();
  const report = await useToWrite(places, tenant, connection, signal, (session, stop, connector) =>
    takeBack(runId, kept, { tenant, workspaceId, projectId, spool: places.spool }, session, connector, {
      edited,
      dryRun: false,
      signal: stop,
      onProgress: ({ table, rows }) => {
        progress.rows += rows - (before.get(table) ?? 0);
        before.set(table, rows);
      },
    }),
  );
  const result = presentUndo(report);
  const done = { rows: result.removed, result: { ...result } };
  const isAll = report.tables.every(({ kept: left }) => left === 0) && report.unknown === 0;
  const isKept = report.isDone
    ? await finishWithoutOutput(tenant, run, done, async (tx) => {
        if (isAll) await noteUndone(tx, kept.kind, runId);
        await noteRemoval(tx, run, kept.kind, result);
      })
    : await failRun(tenant, run, sayUndo(report), done);
  if (!isKept) throw new LeaseLost('the run has ended or somebody else holds it');
}

function open(run: HeldRun, tenant: Tenant) {
  const { connectionId, seedRunId } = run.recipe as UndoRecipe;
  return tenant(async (tx) => {
    const { connection, kept } = await connectionOfRun(tx, run, connectionId, async () => {
      const kept = await findKept(tx, seedRunId);
      return kept && { kept, target: targetOf(kept) };
    });
    refuseReadOnly(connection);
    return { connection: asPushed(connection, kept), kept };
  });
}

/** Who had how many rows removed, and from where. */
async function noteRemoval(tx: Store, run: HeldRun, kind: string, { removed }: ShownUndo): Promise<void> {
  const { id, workspaceId, projectId, recipe } = run;
  const { connectionId: connection, seedRunId, edited, by } = recipe as UndoRecipe;
  if (by === undefined) return;
  const details = { undo: id, kind, connection, edited, rows: removed };
  await recordAct(tx, { workspaceId, projectId, ...by }, { action: 'run.undone', subjectId: seedRunId, details });
}

async function settled({ projectId }: HeldRun, tenant: Tenant, runId: string, signal: AbortSignal): Promise<void> {
  const ended = await new RunStore(tenant, projectId).find(runId);
  if (ended !== undefined && ended.endedAt === null) throw new RunFailure('run_has_not_ended', 'the run goes on');
  if (ended?.state !== 'cancelled' || ended.endedAt === null) return;
  const left = SETTLED_MS - (Date.now() - ended.endedAt.getTime());
  if (left > 0) await pause(Math.min(left, SETTLED_MS), undefined, { signal });
}
