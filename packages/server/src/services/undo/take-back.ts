import type { Connector, Session } from '@datamaker/connectors';
import { undoSeed } from '@datamaker/seeding';
import type { Tenant } from '../../store/tenant.ts';
import { PushRows } from '../pushes/push-rows-of.ts';
import { undoPush } from '../pushes/undo-push.ts';
import { claim } from '../runs/claiming.ts';
import { doubtfulRows, openReceipt } from '../seeds/receipts.ts';
import type { KeptRun } from './kept-run.ts';
import type { Undone, UndoWish } from './undone.ts';

/**
 * Takes back what a run has written.
 * @param tenant transactions of its own
 * @throws ApiError conflict, SeedError, ConnectionError, the reason of the signal
 */
export async function takeBack(
  runId: string,
  kept: KeptRun,
  { tenant, projectId }: { readonly tenant: Tenant; readonly projectId: string },
  session: Session,
  connector: Connector,
  wish: UndoWish,
): Promise<Undone> {
  if (kept.kind === 'seed') {
    const receipt = await openReceipt(kept);
    if (!wish.dryRun) await claim(session, runId, wish.signal);
    return { ...(await undoSeed(session, receipt, wish)), unknown: doubtfulRows(receipt) };
  }
  const { plan, state } = kept;
  const rows = await PushRows.open(plan, tenant, projectId);
  return undoPush(session, connector, { runId, plan, state, rows }, wish);
}
