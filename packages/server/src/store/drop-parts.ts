import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** Forgets the parts of jobs, and lets their bytes go at the next sweep. Who still makes one is refused from then on. @returns how many had bytes */
export async function dropParts(tx: Store, runIds: readonly string[]): Promise<number> {
  const dropped = await tx
    .deleteFrom('generation_job_part')
    .where(sql<boolean>`run_id = ANY(${[...runIds]}::text[])`)
    .returning('blob_id as blobId')
    .execute();
  const blobIds = dropped.flatMap(({ blobId }) => blobId ?? []);
  if (blobIds.length > 0) {
    await tx
      .updateTable('file_blob')
      .set({ state: 'doomed', changed_at: sql`now()` })
      .where(sql<boolean>`id = ANY(${blobIds}::text[])`)
      .execute();
  }
  return blobIds.length;
}
