import type { Receipt, SeedPlan } from '@datamaker/seeding';
import { type DoneToSystem, finishWithoutOutput, type HeldRun } from '../../store/run-leases.ts';
import type { SeedRecipe } from '../../store/run-table.ts';
import { keepChunks, keepLateChunks } from '../../store/seed-receipts.ts';
import type { Tenant } from '../../store/tenant.ts';
import { LeaseLost } from '../runs/lease-lost.ts';
import type { OutputProgress } from '../runs/make-output.ts';
import { openReceipt, resultOf } from './receipts.ts';
import { type SystemPlaces, seen, useToWrite } from './seed-runs.ts';

/**
 * Writes what a plan says, from where an earlier attempt ended. How far it came is kept with each chunk.
 * @param progress is kept up to date; `done` is what is kept
 * @throws LeaseLost, SeedError, ConnectionError, ApiError, the reason of `signal`
 */
export async function workOnSeed(
  run: HeldRun,
  tenant: Tenant,
  places: SystemPlaces,
  progress: OutputProgress,
  signal: AbortSignal,
): Promise<void> {
  const { applySeed, verifySeed } = await import('@datamaker/seeding');
  const { connectionId } = run.recipe as SeedRecipe;
  const { connection, kept } = await seen(tenant, run, connectionId, run.id);
  const { mode } = kept;
  let receipt = await openReceipt(kept);
  const { plan } = receipt;
  const note = (): DoneToSystem => {
    const result = resultOf(receipt);
    progress.rows = result.rows;
    progress.done = { rows: result.rows, result: { ...result } };
    return progress.done;
  };
  note();
  const keep = async (next: Receipt): Promise<void> => {
    receipt = next;
    const done = note();
    if (await keepChunks(tenant, run, next.chunks, done)) return;
    await keepLateChunks(tenant, run.id, next.chunks, done);
    throw new LeaseLost('the run has ended or somebody else holds it');
  };
  // Whoever begins says so before the first row: the next one has to look for rows that nobody could note.
  await keep(receipt);
  await useToWrite(places, tenant, connection, signal, async (session, stop) => {
    if (mode === 'transaction' && run.isBegun) {
      // Whoever died after the transaction was kept could not say so.
      const whole = wholeOf(plan);
      if (receipt.chunks.length > 0 || (await verifySeed(session, whole, stop)).ok) return await keep(whole);
    }
    let made = 0;
    const before = new Map<string, number>();
    await applySeed(session, plan, {
      mode,
      keep,
      signal: stop,
      ...(run.isBegun && mode === 'chunks' ? { receipt } : {}),
      onProgress: ({ table, rows, pass }) => {
        if (mode === 'chunks' || pass !== 'first') return;
        made += rows - (before.get(table) ?? 0);
        before.set(table, rows);
        progress.rows = made;
      },
    });
  });
  const isKept = await finishWithoutOutput(tenant, run, note());
  if (!isKept) throw new LeaseLost('the run has ended or somebody else holds it');
}

/** What there is to say when all is written. */
const wholeOf = (plan: SeedPlan): Receipt => ({
  version: 1,
  plan,
  chunks: [
    ...plan.tables.map(({ id, rows }) => ({ table: id, from: 0, to: rows, pass: 'first' as const })),
    ...plan.tables
      .filter(({ later }) => later.length > 0)
      .map(({ id, rows }) => ({ table: id, from: 0, to: rows, pass: 'final' as const })),
  ],
});
