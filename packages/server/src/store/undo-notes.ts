import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import { dropPushValues } from './push-values.ts';

/** Runs that leave receipts, and can be taken back by them. */
export type ReceiptKind = 'seed' | 'push';

const TABLES = { seed: 'seed_receipt', push: 'push_receipt' } as const;

/** Notes which run takes it back. */
export const noteUndo = async (tx: Store, kind: ReceiptKind, runId: string, undoRunId: string): Promise<void> =>
  void (await tx.updateTable(TABLES[kind]).set({ undo_run_id: undoRunId }).where('run_id', '=', runId).execute());

/** Notes that it was taken back: nobody asks for its rows again. */
export async function noteUndone(tx: Store, kind: ReceiptKind, runId: string): Promise<void> {
  await tx.updateTable(TABLES[kind]).set({ undone_at: sql<Date>`now()` }).where('run_id', '=', runId).execute();
  if (kind === 'push') await dropPushValues(tx, [runId]);
}
