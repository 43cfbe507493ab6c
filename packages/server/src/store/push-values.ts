import { sql } from 'kysely';
import { type Allow, doom, lockFiles, usageOf } from './files.ts';
import type { Store } from './open-store.ts';
import type { HeldRun } from './run-leases.ts';
import type { Tenant } from './tenant.ts';

/** Where the values are that programs made for the rows of a push. */
export interface StoredValues {
  readonly blobId: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/**
 * Keeps values with the receipt of a push, before the first row is sent; their bytes are in the file store already.
 * @param allow throws when the workspace may not have them beside what it has
 * @returns false when the run is its worker's no more: then nothing has changed
 */
export function keepPushValues(
  tenant: Tenant,
  run: Pick<HeldRun, 'id' | 'token' | 'workspaceId'>,
  { blobId, bytes, sha256 }: StoredValues,
  allow: Allow,
): Promise<boolean> {
  return tenant(async (tx) => {
    if (!(await isOurs(tx, run))) return false;
    await lockFiles(tx, run.workspaceId);
    allow(await usageOf(tx));
    await tx
      .updateTable('file_blob')
      .set({ state: 'kept', byte_count: String(bytes), changed_at: sql`now()` })
      .where('id', '=', blobId)
      .execute();
    await tx
      .updateTable('push_receipt')
      .set({ values_blob_id: blobId, values_bytes: String(bytes), values_sha256: sha256 })
      .where('run_id', '=', run.id)
      .execute();
    return true;
  });
}

/** Lets the values of a push go of which no row was sent: should it go on, others are made. Does nothing when the run is its worker's no more. */
export const dropUnsentValues = (tenant: Tenant, run: Pick<HeldRun, 'id' | 'token'>): Promise<void> =>
  tenant(async (tx) => {
    if (await isOurs(tx, run)) await dropPushValues(tx, [run.id]);
  });

/** Whether a worker still has a run; if so, until the transaction ends. */
async function isOurs(tx: Store, { id, token }: Pick<HeldRun, 'id' | 'token'>): Promise<boolean> {
  const ours = tx.selectFrom('run').where('id', '=', id).where('token', '=', token).select('id').forUpdate();
  return (await ours.executeTakeFirst()) !== undefined;
}

/** Lets the values of pushes go whose rows nobody will ask for again. */
export async function dropPushValues(tx: Store, runIds: readonly string[]): Promise<void> {
  const gone = await tx
    .updateTable('push_receipt')
    .set({ values_blob_id: null, values_bytes: null, values_sha256: null })
    .from(
      tx
        .selectFrom('push_receipt')
        .where(sql<boolean>`run_id = ANY(${[...runIds]}::text[])`)
        .where('values_blob_id', 'is not', null)
        .select(['run_id', 'values_blob_id'])
        .forUpdate()
        .as('old'),
    )
    .whereRef('push_receipt.run_id', '=', 'old.run_id')
    .returning('old.values_blob_id as blobId')
    .execute();
  for (const { blobId } of gone) if (blobId !== null) await doom(tx, blobId);
}
