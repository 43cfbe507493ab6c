import { sql } from 'kysely';
import { doom } from './files.ts';
import { isWriter, type LogWriterName } from './run-logs.ts';
import type { Tenant } from './tenant.ts';

/** What was answered to the script of a run. */
export interface StoredRecord {
  readonly blobId: string;
  readonly bytes: number;
  readonly calls: number;
  /** Why it is not whole; null: it is. */
  readonly incomplete: string | null;
}

/**
 * Keeps the record of an attempt beside its log, in place of that of an attempt before; its bytes are in the file store already.
 * @returns false when somebody else writes the log by now: then nothing has changed
 */
export function keepRecord(
  tenant: Tenant,
  { runId, workspaceId, token }: LogWriterName,
  { blobId, bytes, calls, incomplete, sha256 }: StoredRecord & { readonly sha256: Buffer },
): Promise<boolean> {
  return tenant(async (tx) => {
    if (!(await isWriter(tx, runId, token))) return false;
    const before = await tx
      .deleteFrom('run_record')
      .where('run_id', '=', runId)
      .returning('blob_id')
      .executeTakeFirst();
    if (before !== undefined) await doom(tx, before.blob_id);
    await tx
      .updateTable('file_blob')
      .set({ state: 'kept', byte_count: String(bytes), changed_at: sql`now()` })
      .where('id', '=', blobId)
      .execute();
    await tx
      .insertInto('run_record')
      .values({
        run_id: runId,
        workspace_id: workspaceId,
        blob_id: blobId,
        byte_count: String(bytes),
        sha256,
        call_count: calls,
        incomplete,
      })
      .execute();
    return true;
  });
}

/** Undefined: there is none, or no more. */
export function findRecord(tenant: Tenant, runId: string): Promise<StoredRecord | undefined> {
  return tenant(async (tx) => {
    const found = await tx.selectFrom('run_record').where('run_id', '=', runId).selectAll().executeTakeFirst();
    return (
      found && {
        blobId: found.blob_id,
        bytes: Number(found.byte_count),
        calls: found.call_count,
        incomplete: found.incomplete,
      }
    );
  });
}
