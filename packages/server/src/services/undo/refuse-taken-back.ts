import { conflict } from '../../errors.ts';
import type { Store } from '../../store/open-store.ts';

/**
 * A run whose rows were taken back, or are being so, does not go on: it would leave out rows that are not there any more. To be called while the
 * transaction holds its receipt, as who submits an undo does.
 * @throws ApiError conflict
 */
export async function refuseTakenBack(
  tx: Store,
  { undoRunId, undoneAt }: { readonly undoRunId: string | null; readonly undoneAt: Date | null },
): Promise<void> {
  if (undoRunId === null) return;
  const undo = await tx.selectFrom('run').where('id', '=', undoRunId).select(['state', 'row_count']).executeTakeFirst();
  const isUnderWay = undo?.state === 'queued' || undo?.state === 'running';
  // One that ended otherwise has removed nothing: all or none, but in systems without transactions.
  const hasRemoved = undoneAt !== null || undo?.state === 'done' || Number(undo?.row_count ?? 0) > 0;
  if (!isUnderWay && !hasRemoved) return;
  const message = isUnderWay ? `${undoRunId} takes its rows back` : `${undoRunId} has taken rows of it back`;
  throw conflict('run_not_resumable', message, 'submit it anew');
}
