import { sql } from 'kysely';
import type pg from 'pg';
import type { Store } from '../open-store.ts';

/** Held by backups, together, from before their snapshot to their end. Any number will do that nothing else in the database uses. */
const BACKUP_LOCK = 4_715_208_133n;
/** Held, together, by those who remove bytes: a backup that begins waits until they are done. */
const REMOVAL_LOCK = 4_715_208_134n;

/** Lets nobody remove bytes that rows name until the connection ends. */
export async function keepBytes(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [BACKUP_LOCK]);
  await client.query('SELECT pg_advisory_lock($1)', [REMOVAL_LOCK]);
  await client.query('SELECT pg_advisory_unlock($1)', [REMOVAL_LOCK]);
}

/**
 * Whether bytes may be removed for good until the transaction ends. While a backup is being taken they may not: a row of its
 * snapshot could name them.
 */
export async function mayRemoveBytes(tx: Store): Promise<boolean> {
  const { rows: free } = await sql<{ free: boolean }>`
    SELECT pg_try_advisory_xact_lock_shared(${REMOVAL_LOCK}::bigint) AS free`.execute(tx);
  if (free[0]?.free !== true) return false;
  // In this order: a backup that is not seen here waits for the end of this transaction.
  const { rows: held } = await sql`
    SELECT FROM pg_locks
     WHERE locktype = 'advisory' AND objsubid = 1 AND (classid::bigint << 32) + objid::bigint = ${BACKUP_LOCK}::bigint
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`.execute(tx);
  return held.length === 0;
}
