import { sql } from 'kysely';
import type { JobSink } from '../job-sinks.ts';
import type { JobOutput } from './generation-job-tables.ts';
import type { Store } from './open-store.ts';
import type { GenerationRecipe } from './run-table.ts';

/** A generation in parts, before there is any. */
export interface NewJob {
  readonly runId: string;
  readonly workspaceId: string;
  readonly recipe: GenerationRecipe;
  readonly sink: JobSink;
  readonly engineVersion: string;
  readonly planSha256: Buffer;
  readonly about: JobOutput;
  /** Rows [from, to) of the output, and of each part but the last. */
  readonly from: number;
  readonly to: number;
  readonly partRows: number;
}

/** What there is to be said of a job beside its run. */
export interface StoredJob {
  readonly recipe: GenerationRecipe;
  readonly sink: JobSink;
  readonly parts: number;
  readonly engineVersion: string;
  readonly about: JobOutput;
  /** Whether each part is a file of its own. */
  readonly partFiles: boolean;
}

/** A part that is made. */
export interface StoredPart {
  /** Counted from 1. */
  readonly number: number;
  /** Rows [from, to). */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly sha256: Buffer;
  /** Null: its bytes were dropped. */
  readonly blobId: string | null;
}

/** How far a job is. */
export interface JobProgress {
  readonly done: number;
  readonly held: number;
  /** Rows of parts that are being made. */
  readonly rowsUnderWay: number;
  /** Of late, or in all when it has ended; null: nothing was made yet. */
  readonly rowsPerSecond: number | null;
}

/** Keeps a job and its parts, in the transaction that makes the run. @returns how many parts there are */
export async function addJob(tx: Store, job: NewJob): Promise<number> {
  const { runId, workspaceId, from, to, partRows } = job;
  const count = Math.ceil((to - from) / partRows);
  await tx
    .insertInto('generation_job')
    .values({
      run_id: runId,
      workspace_id: workspaceId,
      recipe: JSON.stringify(job.recipe),
      sink: job.sink,
      part_count: count,
      engine_version: job.engineVersion,
      plan_sha256: job.planSha256,
      about: JSON.stringify(job.about),
    })
    .execute();
  await sql`
    INSERT INTO generation_job_part (run_id, number, workspace_id, first_row, end_row)
    SELECT ${runId}, n, ${workspaceId}, ${from}::bigint + (n - 1) * ${partRows}::bigint,
           least(${to}::bigint, ${from}::bigint + n * ${partRows}::bigint)
      FROM generate_series(1, ${count}::integer) AS n`.execute(tx);
  return count;
}

export async function findJob(tx: Store, runId: string): Promise<StoredJob | undefined> {
  const found = await tx
    .selectFrom('generation_job')
    .where('run_id', '=', runId)
    .select(['recipe', 'sink', 'part_count as parts', 'engine_version as engineVersion', 'about'])
    .executeTakeFirst();
  return found && { ...found, partFiles: isOfFiles(found) };
}

/** Jobs from before there were such say nothing of it. */
const isOfFiles = ({ about }: { readonly about: JobOutput }): boolean => about.partFiles === true;

/** The parts that are made, in order. */
export async function madeParts(tx: Store, runId: string, number?: number): Promise<StoredPart[]> {
  const made = tx.selectFrom('generation_job_part').where('run_id', '=', runId).where('sha256', 'is not', null);
  const found = await (number === undefined ? made : made.where('number', '=', number))
    .select(['number', 'first_row', 'end_row', 'byte_count', 'sha256', 'blob_id as blobId'])
    .orderBy('number')
    .execute();
  return found.map(({ number, first_row, end_row, byte_count, sha256, blobId }) => ({
    number,
    from: Number(first_row),
    to: Number(end_row),
    bytes: Number(byte_count),
    sha256: sha256 as Buffer,
    blobId,
  }));
}

/** Numbers of the parts that are not made. */
export async function openParts(tx: Store, runId: string): Promise<number[]> {
  const open = tx.selectFrom('generation_job_part').where('run_id', '=', runId).where('sha256', 'is', null);
  return (await open.select('number').orderBy('number').execute()).map(({ number }) => number);
}

/** Has the parts that are not made be tried as if nobody had, of a run that begins again. */
export async function reopenParts(tx: Store, runId: string): Promise<void> {
  await tx
    .updateTable('generation_job_part')
    .set({ attempt: 0, fault_count: 0, not_before: null, token: null, lease_until: null })
    .where('run_id', '=', runId)
    .where('sha256', 'is', null)
    .execute();
  await tx.updateTable('run').set({ expires_at: null }).where('id', '=', runId).execute();
}

/** Rows of parts that ended so long ago say nothing of how fast it is now. */
const LATE = sql`interval '1 minute'`;

export async function progressOf(tx: Store, runId: string): Promise<JobProgress> {
  const { rows } = await sql<{ done: number; held: number; underWay: number; rate: number | null }>`
    WITH part AS (
      SELECT *, sha256 IS NOT NULL AS made, sha256 IS NULL AND lease_until > now() AS held
        FROM generation_job_part WHERE run_id = ${runId}),
    -- Of what ended last, when nothing goes on.
    latest AS (
      SELECT CASE WHEN bool_or(held) THEN now() ELSE max(ended_at) END AS at FROM part),
    late AS (
      SELECT part.* FROM part, latest
       WHERE held OR (made AND ended_at > CASE WHEN latest.at < now() THEN '-infinity'::timestamptz ELSE now() - ${LATE} END))
    SELECT (SELECT count(*)::integer FROM part WHERE made) AS done,
           (SELECT count(*)::integer FROM part WHERE held) AS held,
           (SELECT coalesce(sum(row_count) FILTER (WHERE held), 0)::float8 FROM part) AS "underWay",
           (SELECT sum(CASE WHEN made THEN end_row - first_row ELSE row_count END)
                   / nullif(extract(epoch FROM (SELECT at FROM latest) - min(started_at)), 0) FROM late)::float8 AS rate`.execute(
    tx,
  );
  const { done = 0, held = 0, underWay = 0, rate = null } = rows[0] ?? {};
  return { done, held, rowsUnderWay: underWay, rowsPerSecond: rate };
}

/** What the parts of a job are made from, and whether each is a file of its own. */
export async function readRecipe(
  tx: Store,
  runId: string,
): Promise<{ readonly recipe: GenerationRecipe; readonly partFiles: boolean }> {
  const jobs = tx.selectFrom('generation_job').where('run_id', '=', runId);
  const found = await jobs.select(['recipe', 'about']).executeTakeFirstOrThrow();
  return { recipe: found.recipe, partFiles: isOfFiles(found) };
}
