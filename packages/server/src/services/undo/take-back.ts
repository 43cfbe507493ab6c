import type { Connector, Session } from '@datamaker/connectors';
import type { Tenant } from '../../store/tenant.ts';
import { PushRows } from '../pushes/push-rows-of.ts';
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
    const { undoSeed } = await import('@datamaker/seeding');
    if (!wish.dryRun) await claim(session, runId, wish.signal);
    return { ...(await undoSeed(session, receipt, wish)), unknown: doubtfulRows(receipt) };
  }
  const { plan, state } = kept;
  const rows = await PushRows.open(plan, tenant, projectId);
  const { undoPush } = await import('../pushes/undo-push.ts');
  return undoPush(session, connector, { runId, plan, state, rows }, wish);
}
