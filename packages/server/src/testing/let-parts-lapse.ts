import { sql } from 'kysely';
import type { Store } from '../store/open-store.ts';

/** As if the leases of all parts of jobs, and the heartbeats of their notices, had ended: by the clock of the database, which is one for all. */
export async function letPartsLapse(store: Store): Promise<void> {
  await sql`
    UPDATE generation_job_part SET lease_until = lease_until - interval '1 minute' WHERE lease_until IS NOT NULL`.execute(
    store,
  );
  await sql`
    UPDATE datamaker_queue.job SET heartbeat_on = heartbeat_on - interval '1 minute' WHERE name = 'jobs'`.execute(
    store,
  );
}
