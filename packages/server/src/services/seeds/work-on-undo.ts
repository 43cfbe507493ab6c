import { setTimeout as pause } from 'node:timers/promises';
import { failRun, finishWithoutOutput, type HeldRun } from '../../store/run-leases.ts';
import type { UndoRecipe } from '../../store/run-table.ts';
import { RunStore } from '../../store/runs.ts';
import { noteUndone } from '../../store/seed-receipts.ts';
import type { Tenant } from '../../store/tenant.ts';
import { LeaseLost } from '../runs/lease-lost.ts';
import type { OutputProgress } from '../runs/make-output.ts';
import { presentUndo, sayUndo } from './present-undo.ts';
import { openReceipt } from './receipts.ts';
import { type SystemPlaces, seen, useToWrite } from './seed-runs.ts';

/** Whoever works on a seed that was cancelled elsewhere knows of it by then: longer than twice the time between renewals. */
const SETTLED_MS = 5000;

/**
 * Takes a seed back, in one transaction: an attempt that died has removed nothing.
 * @throws LeaseLost, SeedError, ConnectionError, ApiError, the reason of `signal`
 */
export async function workOnUndo(
  run: HeldRun,
  tenant: Tenant,
  places: SystemPlaces,
  progress: OutputProgress,
  signal: AbortSignal,
): Promise<void> {
  const { connectionId, seedRunId, edited } = run.recipe as UndoRecipe;
  await settled(run, tenant, seedRunId, signal);
  const { connection, kept } = await seen(tenant, run, connectionId, seedRunId);
  const receipt = await openReceipt(kept);
  const { undoSeed } = await import('@datamaker/seeding');
  const before = new Map<string, number>();
  const report = await useToWrite(places, tenant, connection, signal, (session, stop) =>
    undoSeed(session, receipt, {
      edited,
      signal: stop,
      onProgress: ({ table, rows }) => {
        progress.rows += rows - (before.get(table) ?? 0);
        before.set(table, rows);
      },
    }),
  );
  const result = presentUndo(report);
  const done = { rows: result.removed, result: { ...result } };
  const isAll = report.tables.every(({ kept: left }) => left === 0);
  const isKept = report.isDone
    ? await finishWithoutOutput(tenant, run, done, async (tx) => {
        if (isAll) await noteUndone(tx, seedRunId);
      })
    : await failRun(tenant, run, sayUndo(report), done);
  if (!isKept) throw new LeaseLost('the run has ended or somebody else holds it');
}

async function settled({ projectId }: HeldRun, tenant: Tenant, seedRunId: string, signal: AbortSignal): Promise<void> {
  const seed = await new RunStore(tenant, projectId).find(seedRunId);
  if (seed?.state !== 'cancelled' || seed.endedAt === null) return;
  const left = SETTLED_MS - (Date.now() - seed.endedAt.getTime());
  if (left > 0) await pause(Math.min(left, SETTLED_MS), undefined, { signal });
}
