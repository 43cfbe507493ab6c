import { sql } from 'kysely';
import { doom } from './files.ts';
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
 * @returns false when the run is its worker's no more: then nothing has changed
 */
export function keepPushValues(
  tenant: Tenant,
  { id, token }: Pick<HeldRun, 'id' | 'token'>,
  { blobId, bytes, sha256 }: StoredValues,
): Promise<boolean> {
  return tenant(async (tx) => {
    const ours = tx.selectFrom('run').where('id', '=', id).where('token', '=', token).select('id').forUpdate();
    if ((await ours.executeTakeFirst()) === undefined) return false;
    await tx
      .updateTable('file_blob')
      .set({ state: 'kept', byte_count: String(bytes), changed_at: sql`now()` })
      .where('id', '=', blobId)
      .execute();
    await tx
      .updateTable('push_receipt')
      .set({ values_blob_id: blobId, values_bytes: String(bytes), values_sha256: sha256 })
      .where('run_id', '=', id)
      .execute();
    return true;
  });
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
