import { sql } from 'kysely';
import { newId } from '../ids.ts';
import { doom } from './files.ts';
import type { Store } from './open-store.ts';
import type { Tenant } from './tenant.ts';

/** How long a log is, and what becomes of it. */
export interface StoredLog {
  /** Whether somebody may still add to it. */
  readonly isOpen: boolean;
  /** Line ends. */
  readonly lines: number;
  readonly bytes: number;
  readonly droppedBytes: number;
  readonly expiresAt: Date | null;
  readonly isExpired: boolean;
}

/** A piece of a log, somewhere in the file store. */
export interface LogChunk {
  readonly firstByte: number;
  readonly bytes: number;
  readonly firstLine: number;
  readonly lines: number;
  readonly blobId: string;
}

/** A piece that is new; its bytes are in the file store already. */
export interface NewLogChunk extends LogChunk {
  readonly sha256: Buffer;
}

/** Whose log, and who writes it. */
export interface LogWriterName {
  readonly runId: string;
  readonly workspaceId: string;
  readonly token: string;
}

/** Makes somebody the writer of a log, in place of whoever it was: what that one still adds is refused. @returns as it is then */
export async function holdLog(
  tx: Store,
  { runId, workspaceId, token }: LogWriterName,
  keptDays: number | null,
): Promise<void> {
  await tx
    .insertInto('run_log')
    .values({ run_id: runId, workspace_id: workspaceId, writer: token, kept_days: keptDays })
    .onConflict((conflict) => conflict.column('run_id').doUpdateSet({ writer: token, kept_days: keptDays }))
    .execute();
}

/** Nobody writes a log any more; from now on it has so long to be kept. */
export async function closeLog(tx: Store, runId: string): Promise<void> {
  await tx
    .updateTable('run_log')
    .set({ writer: null, expires_at: sql<Date>`now() + make_interval(days => kept_days)` })
    .where('run_id', '=', runId)
    .execute();
}

/** The same by its writer. @returns false when it is that no more */
export function closeOwnLog(tenant: Tenant, { runId, token }: LogWriterName): Promise<boolean> {
  return tenant(async (tx) => {
    if (!(await isWriter(tx, runId, token))) return false;
    await closeLog(tx, runId);
    await tellOfLog(tx, runId);
    return true;
  });
}

export async function findLog(tx: Store, runId: string): Promise<StoredLog | undefined> {
  const found = await tx.selectFrom('run_log').where('run_id', '=', runId).selectAll().executeTakeFirst();
  return (
    found && {
      isOpen: found.writer !== null,
      lines: Number(found.line_count),
      bytes: Number(found.byte_count),
      droppedBytes: Number(found.dropped_bytes),
      expiresAt: found.expires_at,
      isExpired: found.expired,
    }
  );
}

/** Notes bytes before they are kept, as many as will be written one after the other. @returns ids of blobs */
export async function beginLogBlobs(tx: Store, workspaceId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId('blob'));
  const values = ids.map((id) => ({ id, workspace_id: workspaceId, state: 'writing' as const, byte_count: '0' }));
  await tx.insertInto('file_blob').values(values).execute();
  return ids;
}

/**
 * Adds a piece at the end of a log, or puts it in the place of those that make it up.
 * @returns the id of a blob for the next one; undefined when the log is not the writer's any more: then nothing has changed
 */
export function keepLogChunk(
  tenant: Tenant,
  { runId, workspaceId, token }: LogWriterName,
  chunk: NewLogChunk,
  droppedBytes: number,
): Promise<string | undefined> {
  return tenant(async (tx) => {
    if (!(await isWriter(tx, runId, token))) return undefined;
    const last = chunk.firstByte + chunk.bytes;
    const replaced = await tx
      .deleteFrom('run_log_chunk')
      .where('run_id', '=', runId)
      .where('first_byte', '>=', String(chunk.firstByte))
      .where('first_byte', '<', String(last))
      .returning('blob_id')
      .execute();
    for (const { blob_id } of replaced) await doom(tx, blob_id);
    await tx
      .updateTable('file_blob')
      .set({ state: 'kept', byte_count: String(chunk.bytes), changed_at: sql`now()` })
      .where('id', '=', chunk.blobId)
      .execute();
    await tx
      .insertInto('run_log_chunk')
      .values({
        run_id: runId,
        workspace_id: workspaceId,
        first_byte: String(chunk.firstByte),
        byte_count: chunk.bytes,
        first_line: String(chunk.firstLine),
        line_count: chunk.lines,
        blob_id: chunk.blobId,
        sha256: chunk.sha256,
      })
      .execute();
    if (replaced.length === 0) {
      await tx
        .updateTable('run_log')
        .set({
          byte_count: String(last),
          line_count: String(chunk.firstLine + chunk.lines),
          dropped_bytes: String(droppedBytes),
        })
        .where('run_id', '=', runId)
        .execute();
      await tellOfLog(tx, runId);
    }
    return (await beginLogBlobs(tx, workspaceId, 1))[0];
  });
}

/** Says how much of a log was not kept, where it is still the writer's; another writer's stays as it is. */
export async function keepDroppedBytes(
  tx: Store,
  { runId, token }: LogWriterName,
  droppedBytes: number,
): Promise<void> {
  await tx
    .updateTable('run_log')
    .set({ dropped_bytes: String(droppedBytes) })
    .where('run_id', '=', runId)
    .where('writer', '=', token)
    .execute();
}

/** Pieces from the one that has a byte on, in order. */
export async function chunksFrom(tx: Store, runId: string, byte: number, limit: number): Promise<LogChunk[]> {
  const found = await tx
    .selectFrom('run_log_chunk')
    .where('run_id', '=', runId)
    .where(sql<boolean>`first_byte + byte_count > ${byte}`)
    .where('first_byte', '>=', (eb) =>
      eb
        .selectFrom('run_log_chunk as before')
        .where('before.run_id', '=', runId)
        .where('before.first_byte', '<=', String(byte))
        .select(sql<string>`coalesce(max(before.first_byte), 0)`.as('first')),
    )
    .orderBy('first_byte')
    .limit(limit)
    .select(['first_byte', 'byte_count', 'first_line', 'line_count', 'blob_id'])
    .execute();
  return found.map(toChunk);
}

/** The piece with the last line end before a line, which is where that line begins; undefined: there is no such line. */
export async function chunkBeforeLine(tx: Store, runId: string, line: number): Promise<LogChunk | undefined> {
  const found = await tx
    .selectFrom('run_log_chunk')
    .where('run_id', '=', runId)
    .where('first_line', '<', String(line))
    .orderBy('first_line', 'desc')
    .orderBy('first_byte', 'desc')
    .limit(1)
    .select(['first_byte', 'byte_count', 'first_line', 'line_count', 'blob_id'])
    .executeTakeFirst();
  return found && toChunk(found);
}

/** Lets the bytes of logs go, and with them what was answered to the scripts. */
export async function dropLogs(tx: Store, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  const gone = [];
  for (const table of ['run_log_chunk', 'run_record'] as const) {
    const rows = tx.deleteFrom(table).where('run_id', 'in', [...runIds]);
    gone.push(...(await rows.returning('blob_id').execute()));
  }
  if (gone.length === 0) return;
  await tx
    .updateTable('file_blob')
    .set({ state: 'doomed', changed_at: sql`now()` })
    .where(sql<boolean>`id = ANY(${gone.map(({ blob_id }) => blob_id)}::text[])`)
    .execute();
}

/** Lets logs go that have been kept for as long as their plan said. @returns how many */
export async function expireLogs(tx: Store): Promise<number> {
  // Writers whose server died after their run had been cancelled.
  const left = await tx
    .selectFrom('run_log')
    .innerJoin('run', 'run.id', 'run_log.run_id')
    .where('run_log.writer', 'is not', null)
    .where('run.ended_at', '<', sql<Date>`now() - interval '1 minute'`)
    .select('run_log.run_id')
    .execute();
  for (const { run_id } of left) await closeLog(tx, run_id);
  const due = await tx
    .updateTable('run_log')
    .set({ expired: true, expires_at: null })
    .where('expires_at', '<', sql<Date>`now()`)
    .returning('run_id')
    .execute();
  await dropLogs(
    tx,
    due.map(({ run_id }) => run_id),
  );
  return due.length;
}

/** The channel on which servers tell each other what happens to runs. */
export const RUN_CHANNEL = 'datamaker_runs';

/** Tells all servers, when the transaction is kept. */
export const tellServers = async (tx: Store, what: string): Promise<void> =>
  void (await sql`SELECT pg_notify(${RUN_CHANNEL}, ${what})`.execute(tx));

export const logOf = (runId: string): string => `log ${runId}`;
const tellOfLog = (tx: Store, runId: string): Promise<void> => tellServers(tx, logOf(runId));

/** Whether somebody is the writer of a log, which nobody else becomes until the transaction ends. */
export async function isWriter(tx: Store, runId: string, token: string): Promise<boolean> {
  const held = tx.selectFrom('run_log').where('run_id', '=', runId).where('writer', '=', token);
  return (await held.select('run_id').forUpdate().executeTakeFirst()) !== undefined;
}

const toChunk = (row: {
  readonly first_byte: string;
  readonly byte_count: number;
  readonly first_line: string;
  readonly line_count: number;
  readonly blob_id: string;
}): LogChunk => ({
  firstByte: Number(row.first_byte),
  bytes: row.byte_count,
  firstLine: Number(row.first_line),
  lines: row.line_count,
  blobId: row.blob_id,
});
