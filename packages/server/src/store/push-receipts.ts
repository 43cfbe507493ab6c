import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { PushPlan, PushState } from './push-receipt-table.ts';
import type { StoredValues } from './push-values.ts';
import type { HeldRun } from './run-leases.ts';
import type { Tenant } from './tenant.ts';

export interface PushReceipt {
  readonly plan: PushPlan;
  readonly state: PushState;
}

/** A receipt as it is kept. */
export interface KeptPush extends PushReceipt {
  readonly updatedAt: Date;
  /** The last run that takes it back, or has. */
  readonly undoRunId: string | null;
  readonly undoneAt: Date | null;
  /** What programs made for its rows; null: nothing, or not yet. */
  readonly values: StoredValues | null;
}

/** Keeps a receipt before the first row is written, in the transaction that makes the run. */
export async function addPushReceipt(
  tx: Store,
  workspaceId: string,
  runId: string,
  { plan, state }: PushReceipt,
): Promise<void> {
  await tx
    .insertInto('push_receipt')
    .values({ run_id: runId, workspace_id: workspaceId, plan: JSON.stringify(plan), state: JSON.stringify(state) })
    .execute();
}

/** @param hold whether it stays as it is until the transaction ends */
export async function findPushReceipt(tx: Store, runId: string, hold = false): Promise<KeptPush | undefined> {
  const query = tx
    .selectFrom('push_receipt')
    .where('run_id', '=', runId)
    .select(['plan', 'state', 'updated_at as updatedAt', 'undo_run_id as undoRunId', 'undone_at as undoneAt'])
    .select(['values_blob_id', 'values_bytes', 'values_sha256']);
  const found = await (hold ? query.forUpdate() : query).executeTakeFirst();
  if (found === undefined) return undefined;
  const { values_blob_id: blobId, values_bytes: bytes, values_sha256: sha256, ...kept } = found;
  const values = blobId === null || sha256 === null ? null : { blobId, bytes: Number(bytes), sha256 };
  return { ...kept, values };
}

/** What is shown of it, and how many rows have an outcome. */
export interface ShownPush {
  readonly rows: number;
  readonly result: Readonly<Record<string, unknown>>;
}

/**
 * Keeps how far a push came, with its run; also when the run was cancelled meanwhile, as long as nobody has gone on with it.
 * @returns false when the run is its worker's no more
 */
export function keepPush(
  tenant: Tenant,
  { id, token }: Pick<HeldRun, 'id' | 'token'>,
  state: PushState,
  { rows, result }: ShownPush,
): Promise<boolean> {
  return tenant(async (tx) => {
    const shown = { row_count: String(rows), result: JSON.stringify(result) };
    const ours = await tx
      .updateTable('run')
      .set(shown)
      .where('id', '=', id)
      .where('token', '=', token)
      .executeTakeFirst();
    if (ours.numUpdatedRows === 1n) {
      await write(tx, id, state, token);
      return true;
    }
    const late = await tx
      .updateTable('run')
      .set(shown)
      .where('id', '=', id)
      .where('state', '=', 'cancelled')
      .where((eb) =>
        eb.exists(eb.selectFrom('push_receipt').select('run_id').where('run_id', '=', id).where('holder', '=', token)),
      )
      .executeTakeFirst();
    if (late.numUpdatedRows === 1n) await write(tx, id, state, token);
    return false;
  });
}

/** Changes a receipt whose run nobody works on. */
export async function changePush(tx: Store, id: string, state: PushState, { rows, result }: ShownPush): Promise<void> {
  await tx
    .updateTable('run')
    .set({ row_count: String(rows), result: JSON.stringify(result) })
    .where('id', '=', id)
    .execute();
  await write(tx, id, state, null);
}

const write = async (tx: Store, id: string, state: PushState, holder: string | null): Promise<void> =>
  void (await tx
    .updateTable('push_receipt')
    .set({ state: JSON.stringify(state), holder, updated_at: sql<Date>`now()` })
    .where('run_id', '=', id)
    .execute());
