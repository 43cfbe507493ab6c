import { sql } from 'kysely';
import type { JobSink } from '../job-sinks.ts';
import type { RunState } from '../run-states.ts';
import { type Allow, lockFiles, usageOf } from './files.ts';
import { endRun, LEASE, OUTPUT_DAYS } from './run-leases.ts';
import { tellServers } from './run-logs.ts';
import type { RunError } from './run-table.ts';
import { endCancelled } from './runs.ts';
import type { Tenant } from './tenant.ts';
import { isDeleted, WORKSPACE_DELETED } from './workspaces.ts';

/** A part of a job that a worker holds. What it writes is refused as soon as somebody else holds the part, or the job has ended. */
export interface HeldPart {
  readonly runId: string;
  readonly workspaceId: string;
  readonly projectId: string;
  readonly number: number;
  readonly token: string;
  /** Rows [from, to). */
  readonly from: number;
  readonly to: number;
  /** Attempts before that ended with a fault. */
  readonly faults: number;
  /** Attempts, this one among them, whose worker was not heard of any more. */
  readonly losses: number;
  readonly sink: JobSink;
  readonly planSha256: Buffer;
}

/** `wait`: others make what is left, or it is not its time; `over`: there is nothing to do. */
export type ClaimedPart = HeldPart | { readonly needs: string } | 'wait' | 'over';

/** What came of a part. */
export interface MadePart {
  readonly bytes: number;
  readonly sha256: Buffer;
  /** Null: its bytes were dropped. */
  readonly blobId: string | null;
}

/** What the token of the run of a job says: its parts are held, and not itself. */
const BY_PARTS = 'parts';

const isOpen = (state: RunState): boolean => state === 'queued' || state === 'running';

/**
 * Takes the first part that nobody makes, or whose worker has died.
 * @param engineVersion of who asks: `needs` tells of another one, whose rows may be others
 */
export function claimPart(tenant: Tenant, runId: string, token: string, engineVersion: string): Promise<ClaimedPart> {
  return tenant(async (tx) => {
    const run = await tx
      .selectFrom('run')
      .innerJoin('generation_job', 'generation_job.run_id', 'run.id')
      .where('run.id', '=', runId)
      .select(['state', 'run.workspace_id', 'project_id', 'sink', 'engine_version', 'plan_sha256'])
      .executeTakeFirst();
    if (run === undefined || !isOpen(run.state)) return 'over';
    if (run.engine_version !== engineVersion) return { needs: run.engine_version };
    if (run.state === 'queued') {
      const begun = await tx
        .updateTable('run')
        .set({
          state: 'running',
          token: BY_PARTS,
          attempt: sql<number>`attempt + 1`,
          started_at: sql<Date>`coalesce(started_at, now())`,
        })
        .where('id', '=', runId)
        .where('state', '=', 'queued')
        .executeTakeFirst();
      // It was submitted just when its workspace was deleted.
      if (begun.numUpdatedRows === 1n && (await isDeleted(tx, run.workspace_id))) {
        await endCancelled(tx, runId, WORKSPACE_DELETED);
        return 'over';
      }
      await tellServers(tx, runId);
    }
    const { rows } = await sql<Row>`
      UPDATE generation_job_part
         SET token = ${token}, lease_until = now() + ${LEASE}, attempt = attempt + 1, row_count = 0, started_at = now()
       WHERE run_id = ${runId} AND number = (
         SELECT number FROM generation_job_part
          WHERE run_id = ${runId} AND sha256 IS NULL AND (lease_until IS NULL OR lease_until < now())
            AND (not_before IS NULL OR not_before <= now())
          ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING number, first_row, end_row, attempt, fault_count`.execute(tx);
    const [part] = rows;
    if (part === undefined) return 'wait';
    return {
      runId,
      token,
      workspaceId: run.workspace_id,
      projectId: run.project_id,
      number: part.number,
      from: Number(part.first_row),
      to: Number(part.end_row),
      faults: part.fault_count,
      losses: part.attempt - part.fault_count - 1,
      sink: run.sink,
      planSha256: run.plan_sha256,
    };
  });
}

interface Row {
  readonly number: number;
  readonly first_row: string;
  readonly end_row: string;
  readonly attempt: number;
  readonly fault_count: number;
}

/** Says that the worker lives, and how many rows it has made. @returns false when the part is its own no more */
export const renewPart = (tenant: Tenant, part: HeldPart, rows: number): Promise<boolean> =>
  tenant(async (tx) => {
    const { numAffectedRows } = await sql`
      UPDATE generation_job_part SET lease_until = now() + ${LEASE}, row_count = ${rows}
       WHERE run_id = ${part.runId} AND number = ${part.number} AND token = ${part.token}
         AND EXISTS (SELECT FROM run WHERE id = ${part.runId} AND state = 'running')`.execute(tx);
    return numAffectedRows === 1n;
  });

/**
 * A part is made; with the last one the job is done.
 * @param allow throws when the workspace may not have them beside what it has; undefined: it may have any
 * @returns false when the part is its worker's no more: then nothing has changed
 * @throws PartTooMuch
 */
export function keepPart(
  tenant: Tenant,
  { runId, workspaceId, number, token, from, to }: HeldPart,
  { bytes, sha256, blobId }: MadePart,
  allow: Allow | undefined,
): Promise<boolean> {
  return tenant(async (tx) => {
    const isOurs = await tx
      .selectFrom('generation_job_part')
      .where('run_id', '=', runId)
      .where('number', '=', number)
      .where('token', '=', token)
      .select('number')
      .executeTakeFirst();
    if (isOurs === undefined) return false;
    // The run first, as whoever ends it does: nobody waits for somebody who waits for them.
    const run = await tx
      .updateTable('run')
      .set({
        row_count: sql<string>`row_count + ${to - from}`,
        byte_count: sql<string>`byte_count + ${bytes}`,
      })
      .where('id', '=', runId)
      .where('state', '=', 'running')
      .returning(['row_count', 'byte_count', 'total_rows', 'max_bytes'])
      .executeTakeFirst();
    if (run === undefined) return false;
    const { max_bytes: most } = run;
    if (blobId !== null && most !== null && Number(run.byte_count) > Number(most)) throw new PartTooMuch(Number(most));
    if (blobId !== null && allow !== undefined) {
      await lockFiles(tx, workspaceId);
      // Before the part has its bytes: they would count twice.
      allow(await usageOf(tx));
    }
    const part = await tx
      .updateTable('generation_job_part')
      .set({
        token: null,
        lease_until: null,
        row_count: String(to - from),
        byte_count: String(bytes),
        sha256,
        blob_id: blobId,
        ended_at: sql<Date>`now()`,
      })
      .where('run_id', '=', runId)
      .where('number', '=', number)
      .where('token', '=', token)
      .executeTakeFirst();
    // Somebody took it in this moment: nothing of this stays.
    if (part.numUpdatedRows !== 1n) throw new PartTaken();
    if (blobId !== null) {
      const kept = await tx
        .updateTable('file_blob')
        .set({ state: 'kept', byte_count: String(bytes), changed_at: sql`now()` })
        .where('id', '=', blobId)
        .where('state', '=', 'writing')
        .executeTakeFirst();
      if (kept.numUpdatedRows !== 1n) throw new Error(`part ${number} of ${runId} took too long and was swept`);
    }
    if (run.row_count === run.total_rows)
      await endRun(tx, runId, { state: 'done', expires_at: EXPIRY }, Number(run.row_count));
    else await tellServers(tx, runId);
    return true;
  }).catch((error: unknown) => {
    if (error instanceof PartTaken) return false;
    throw error;
  });
}

const EXPIRY = sql<Date>`now() + make_interval(days => ${OUTPUT_DAYS})`;

class PartTaken extends Error {}

/** The parts of a job have more bytes than the plan allows. */
export class PartTooMuch extends Error {
  constructor(most: number) {
    super(`the parts have more than the ${most} bytes that a job may have: ask for fewer rows`);
  }
}

/**
 * Puts a part back.
 * @param fault whether the attempt ended with a fault: then it is tried again later, each time after twice the time; a worker that stops is none
 */
export const releasePart = (tenant: Tenant, { runId, number, token }: HeldPart, fault: boolean): Promise<void> =>
  tenant(async (tx) => {
    const change = fault
      ? {
          fault_count: sql<number>`fault_count + 1`,
          not_before: sql<Date>`now() + make_interval(secs => power(2, fault_count))`,
        }
      : { attempt: sql<number>`attempt - 1` };
    await tx
      .updateTable('generation_job_part')
      .set({ token: null, lease_until: null, row_count: '0', ...change })
      .where('run_id', '=', runId)
      .where('number', '=', number)
      .where('token', '=', token)
      .execute();
  });

/** A job has failed; what was made of it stays for a while, so that it can go on. Does nothing when it has ended already. */
export const failJob = (tenant: Tenant, runId: string, error: RunError): Promise<void> =>
  tenant(async (tx) => {
    const run = await tx
      .selectFrom('run')
      .where('id', '=', runId)
      .where('state', 'in', ['queued', 'running'])
      .select('row_count')
      .forUpdate()
      .executeTakeFirst();
    if (run === undefined) return;
    await tx
      .updateTable('generation_job_part')
      .set({ token: null, lease_until: null, row_count: '0' })
      .where('run_id', '=', runId)
      .where('token', 'is not', null)
      .execute();
    const change = { state: 'failed' as const, error: JSON.stringify(error), expires_at: EXPIRY };
    await endRun(tx, runId, change, Number(run.row_count));
  });
