import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import { LANES, type Lane, QUEUE_SCHEMA } from './run-queue.ts';

/** How the queue of runs is doing, and who works on it. */
export interface QueueFigures {
  readonly lanes: readonly {
    readonly lane: Lane;
    /** Notices that somebody could take. */
    readonly waiting: number;
    /** Notices that somebody holds. */
    readonly active: number;
    /** How long the first of those that wait has done so. */
    readonly oldestSeconds: number;
  }[];
  /** Processes that take runs and were heard of in the last half minute. */
  readonly workers: { readonly server: number; readonly worker: number };
}

/** The database gives up a question of metrics after so long: it has better things to do. */
const PATIENCE_MS = 2000;

/**
 * Counts what waits in the queue. What has ended is not in it: the cost grows with what waits.
 * @throws Error when the database does not answer in two seconds
 */
export async function queueFigures(store: Store): Promise<QueueFigures> {
  return store.transaction().execute(async (tx) => {
    await sql`SELECT set_config('statement_timeout', ${`${PATIENCE_MS}ms`}, true)`.execute(tx);
    const job = sql.table(`${QUEUE_SCHEMA}.job`);
    // One that was given back waits since it was made; a schedule is not late before its time.
    const since = sql`CASE WHEN retry_count = 0 OR name = 'schedules' THEN start_after ELSE created_on END`;
    const { rows } = await sql<{ lane: string; waiting: string; active: string; oldest: number }>`
      SELECT name AS lane,
             count(*) FILTER (WHERE state < 'active') AS waiting,
             count(*) FILTER (WHERE state = 'active') AS active,
             coalesce(extract(epoch FROM now() - min(${since}) FILTER (WHERE state < 'active')), 0)::float8 AS oldest
        FROM ${job} WHERE state <= 'active' AND start_after <= now() AND name = ANY (${[...LANES]}) GROUP BY name`.execute(
      tx,
    );
    const { rows: alive } = await sql<{ kind: 'server' | 'worker'; count: string }>`
      SELECT kind, count(*) AS count FROM worker
       WHERE ended_at IS NULL AND seen_at > now() - interval '30 seconds' AND lanes <> '{}' GROUP BY kind`.execute(tx);
    const workersOf = (kind: 'server' | 'worker'): number => Number(alive.find((one) => one.kind === kind)?.count ?? 0);
    const lanes = LANES.map((lane) => {
      const found = rows.find((row) => row.lane === lane);
      const oldestSeconds = Math.max(0, found?.oldest ?? 0);
      return { lane, waiting: Number(found?.waiting ?? 0), active: Number(found?.active ?? 0), oldestSeconds };
    });
    return { lanes, workers: { server: workersOf('server'), worker: workersOf('worker') } };
  });
}
