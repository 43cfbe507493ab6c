import { sql } from 'kysely';
import type { RunKind } from '../run-states.ts';
import { dropParts } from './drop-parts.ts';
import type { Store } from './open-store.ts';
import { dropPushValues } from './push-values.ts';
import { dropLogs } from './run-logs.ts';

/** Deleted runs stay a while, so that what repeats their request finds them; others are a record. */
const DELETED_DAYS = 2;
const RECORD_DAYS = 90;
/** A run that waits for longer than this may have been forgotten. */
const PATIENCE_MINUTES = 5;

/** Lets outputs go that have expired. @returns how many */
export async function expireOutputs(tx: Store): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    WITH expired AS (
      UPDATE run SET blob_id = NULL FROM run AS old
       WHERE run.id = old.id AND old.blob_id IS NOT NULL AND old.expires_at < now() RETURNING old.blob_id)
    UPDATE file_blob SET state = 'doomed', changed_at = now() FROM expired WHERE file_blob.id = expired.blob_id
    RETURNING file_blob.id`.execute(tx);
  return rows.length;
}

/** Lets parts of jobs go that have expired; those of jobs that failed as well, which go on no more then. @returns how many */
export async function expireParts(tx: Store): Promise<number> {
  const expired = await tx
    .selectFrom('run')
    .where('kind', '=', 'generation_job')
    .where('expires_at', '<', sql<Date>`now()`)
    .where('state', 'in', ['done', 'failed'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('generation_job_part')
          .select('number')
          .whereRef('generation_job_part.run_id', '=', 'run.id')
          .where('blob_id', 'is not', null),
      ),
    )
    .select('id')
    .forUpdate()
    .execute();
  return expired.length === 0
    ? 0
    : dropParts(
        tx,
        expired.map(({ id }) => id),
      );
}

/** Forgets runs that ended long ago, and have no output any more. */
export async function purgeRuns(tx: Store): Promise<void> {
  const due = await tx
    .selectFrom('run')
    .where('blob_id', 'is', null)
    .where('ended_at', 'is not', null)
    // What a run has written into a system can be taken back until it is, or somebody deletes the run.
    .where((eb) => {
      const left = (table: 'seed_receipt' | 'push_receipt') =>
        eb.selectFrom(table).select('run_id').whereRef('run_id', '=', 'run.id').where('undone_at', 'is', null);
      const undoable = sql<boolean>`plan->>'onConflict' <> 'update' AND plan->>'identity' IS NOT NULL`;
      const isLeft = eb.or([eb.exists(left('seed_receipt')), eb.exists(left('push_receipt').where(undoable))]);
      return eb.or([eb('deleted_at', 'is not', null), eb.not(isLeft)]);
    })
    .where((eb) =>
      eb.or([
        eb('deleted_at', '<', sql<Date>`now() - make_interval(days => ${DELETED_DAYS})`),
        eb('ended_at', '<', sql<Date>`now() - make_interval(days => ${RECORD_DAYS})`),
      ]),
    )
    .select('id')
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return;
  await dropLogs(tx, ids);
  await dropPushValues(tx, ids);
  await dropParts(tx, ids);
  await tx.deleteFrom('run').where(sql<boolean>`id = ANY(${ids}::text[])`).execute();
}

/** Runs that nobody has worked on for a while, though they have not ended. */
export async function forgottenRuns(tx: Store): Promise<{ readonly id: string; readonly kind: RunKind }[]> {
  const long = sql<Date>`now() - make_interval(mins => ${PATIENCE_MINUTES})`;
  return tx
    .selectFrom('run')
    .where('state', 'in', ['queued', 'running'])
    .where('created_at', '<', long)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', long)]))
    .select(['id', 'kind'])
    .limit(100)
    .execute();
}
