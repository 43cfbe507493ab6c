import type { Connector, Session } from '@datamaker/connectors';
import { PushRows, type RowPlaces } from '../pushes/push-rows-of.ts';
import { claim } from '../runs/claiming.ts';
import { doubtfulRows, openReceipt } from '../seeds/receipts.ts';
import type { KeptRun } from './kept-run.ts';
import type { Undone, UndoWish } from './undone.ts';

/**
 * Takes back what a run has written.
 * @param places with transactions of its own
 * @throws ApiError conflict, SeedError, ConnectionError, the reason of the signal
 */
export async function takeBack(
  runId: string,
  kept: KeptRun,
  places: RowPlaces,
  session: Session,
  connector: Connector,
  wish: UndoWish,
): Promise<Undone> {
  if (kept.kind === 'seed') {
    const receipt = await openReceipt(kept);
    const { undoSeed } = await import('@datamaker/seeding');
    if (!wish.dryRun) await claim(session, runId, wish.signal);
    return { ...(await undoSeed(session, receipt, wish)), unknown: doubtfulRows(receipt) };
  }
  const { plan, state } = kept;
  const { undoPush } = await import('../pushes/undo-push.ts');
  const rows = await PushRows.open(kept, places);
  return undoPush(session, connector, { runId, plan, state, rows }, wish).finally(() => rows.close());
}
