import type { StoredConnection } from '../../store/connections.ts';
import type { Store } from '../../store/open-store.ts';
import { findPushReceipt, type KeptPush } from '../../store/push-receipts.ts';
import { findReceipt, type KeptReceipt } from '../../store/seed-receipts.ts';
import { openReceipt, resultOf } from '../seeds/receipts.ts';

/** What a run has left that wrote into a system. */
export type KeptRun = (KeptReceipt & { readonly kind: 'seed' }) | (KeptPush & { readonly kind: 'push' });

/** @param hold whether it stays as it is until the transaction ends @returns undefined: the run leaves no receipt */
export async function findKept(tx: Store, runId: string, hold = false): Promise<KeptRun | undefined> {
  const seed = await findReceipt(tx, runId, hold);
  if (seed !== undefined) return { kind: 'seed', ...seed };
  const push = await findPushReceipt(tx, runId, hold);
  return push && { kind: 'push', ...push };
}

/** Where the rows went, without anything secret. */
export const targetOf = (kept: KeptRun): { readonly type: string; readonly url: string } =>
  kept.kind === 'seed' ? kept.target : kept.plan.target;

/** The connection, with what the push went by when it removes rows: keys are those that this way takes. */
export function asPushed(connection: StoredConnection, kept: KeptRun): StoredConnection {
  const removal = kept.kind === 'push' ? kept.plan.options['delete'] : undefined;
  if (removal === undefined) return connection;
  const { config } = connection;
  return { ...connection, config: { ...config, options: { ...config.options, delete: removal } } };
}

/** How many rows are known to be written. */
export const rowsOf = async (kept: KeptRun): Promise<number> =>
  kept.kind === 'seed'
    ? resultOf(await openReceipt(kept)).rows
    : Object.values(kept.state.within ?? {}).reduce((sum, { rows }) => sum + rows, kept.state.written);
