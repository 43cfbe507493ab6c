import type { Chunk, Receipt, SeedTarget } from '@datamaker/seeding';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { DoneToSystem, HeldRun } from './run-leases.ts';
import type { Tenant } from './tenant.ts';

/** A receipt as it is kept. */
export interface KeptReceipt {
  readonly runId: string;
  readonly target: SeedTarget;
  readonly mode: 'chunks' | 'transaction';
  /** As JSON, deflated. */
  readonly plan: Buffer;
  readonly chunks: readonly Chunk[];
  /** What was about to be written of a table in which nothing tells rows apart; null: nothing is in doubt. */
  readonly begun: Chunk | null;
  readonly updatedAt: Date;
  /** The last run that takes it back, or has. */
  readonly undoRunId: string | null;
  readonly undoneAt: Date | null;
}

/** How far a seed came, and what is in doubt. */
export type WrittenChunks = Pick<Receipt, 'chunks' | 'begun'>;

/** Keeps a receipt before the first row is written, in the transaction that makes the run. */
export async function addReceipt(
  tx: Store,
  workspaceId: string,
  { runId, target, mode, plan }: Pick<KeptReceipt, 'runId' | 'target' | 'mode' | 'plan'>,
): Promise<void> {
  await tx
    .insertInto('seed_receipt')
    .values({ run_id: runId, workspace_id: workspaceId, target: JSON.stringify(target), mode, plan })
    .execute();
}

/** @param hold whether it stays as it is until the transaction ends */
export async function findReceipt(tx: Store, runId: string, hold = false): Promise<KeptReceipt | undefined> {
  const query = tx.selectFrom('seed_receipt').where('run_id', '=', runId).selectAll();
  const found = await (hold ? query.forUpdate() : query).executeTakeFirst();
  if (found === undefined) return undefined;
  return {
    runId,
    target: found.target,
    mode: found.mode,
    plan: found.plan,
    chunks: found.chunks,
    begun: found.begun,
    updatedAt: found.updated_at,
    undoRunId: found.undo_run_id,
    undoneAt: found.undone_at,
  };
}

/**
 * Keeps how far a seed came, with its run.
 * @returns false when the run is its worker's no more: then nothing has changed
 */
export function keepChunks(
  tenant: Tenant,
  { id, token }: HeldRun,
  written: WrittenChunks,
  { rows, result }: DoneToSystem,
): Promise<boolean> {
  return tenant(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('run')
      .set({ row_count: String(rows), result: JSON.stringify(result) })
      .where('id', '=', id)
      .where('token', '=', token)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await writeChunks(tx, id, written);
    return true;
  });
}

/** Keeps how far a seed came that was cancelled while rows were on their way. Nobody else goes on with such a one. */
export const keepLateChunks = (
  tenant: Tenant,
  runId: string,
  written: WrittenChunks,
  { rows, result }: DoneToSystem,
): Promise<void> =>
  tenant(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('run')
      .set({ row_count: String(rows), result: JSON.stringify(result) })
      .where('id', '=', runId)
      .where('state', '=', 'cancelled')
      .executeTakeFirst();
    if (numUpdatedRows === 1n) await writeChunks(tx, runId, written);
  });

/** Changes a receipt whose run nobody works on. */
export async function changeChunks(
  tx: Store,
  runId: string,
  written: WrittenChunks,
  { rows, result }: DoneToSystem,
): Promise<void> {
  await tx
    .updateTable('run')
    .set({ row_count: String(rows), result: JSON.stringify(result) })
    .where('id', '=', runId)
    .execute();
  await writeChunks(tx, runId, written);
}

async function writeChunks(tx: Store, runId: string, { chunks, begun }: WrittenChunks): Promise<void> {
  await tx
    .updateTable('seed_receipt')
    .set({
      chunks: JSON.stringify(chunks),
      begun: begun === undefined ? null : JSON.stringify(begun),
      updated_at: sql<Date>`now()`,
    })
    .where('run_id', '=', runId)
    .execute();
}
