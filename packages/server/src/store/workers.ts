import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { Lane } from './queue/run-queue.ts';

/** What a process says of itself. */
export interface WorkerName {
  readonly id: string;
  readonly kind: 'server' | 'worker';
  readonly host: string;
  readonly masterKeyId: string;
  readonly fileMarker: string;
  readonly secretMark: string;
  readonly engineVersion: string;
}

/** One that has been silent for so long has died; it says something several times in that. */
const ALIVE = sql`interval '30 seconds'`;
/** Workers that went away may be on their way back, as when they are updated. */
const PATIENCE = sql`interval '5 minutes'`;
const REMEMBERED = sql`interval '30 days'`;

/** Says that a process is there, and what it takes. */
export const sayAlive = async (store: Store, worker: WorkerName, lanes: readonly Lane[]): Promise<void> =>
  void (await sql`
    INSERT INTO worker (id, kind, host, lanes, master_key_id, file_marker, secret_mark, engine_version)
    VALUES (${worker.id}, ${worker.kind}, ${worker.host}, ${lanes}, ${worker.masterKeyId}, ${worker.fileMarker}, ${worker.secretMark}, ${worker.engineVersion})
    ON CONFLICT (id) DO UPDATE SET lanes = EXCLUDED.lanes, seen_at = now(), ended_at = NULL`.execute(store));

/** Says that it is no more, as it should. */
export const sayEnded = async (store: Store, id: string): Promise<void> =>
  void (await sql`UPDATE worker SET seen_at = now(), ended_at = now() WHERE id = ${id}`.execute(store));

/** Forgets processes of long ago. */
export const forgetWorkers = async (store: Store): Promise<void> =>
  void (await sql`DELETE FROM worker WHERE seen_at < now() - ${REMEMBERED}`.execute(store));

/**
 * Whether somebody takes from a lane, beside one process.
 * @param which `now`: that is there; `soon`: also one that was there some minutes ago
 */
export async function isTaken(store: Store, lane: Lane, but: string, which: 'now' | 'soon'): Promise<boolean> {
  const there =
    which === 'now' ? sql`ended_at IS NULL AND seen_at > now() - ${ALIVE}` : sql`seen_at > now() - ${PATIENCE}`;
  const { rows } = await sql<{ taken: boolean }>`
    SELECT EXISTS (SELECT FROM worker WHERE ${lane} = ANY (lanes) AND id <> ${but} AND ${there}) AS taken`.execute(
    store,
  );
  return rows[0]?.taken === true;
}

/** Whether somebody makes parts of jobs with an engine, or did some minutes ago, as when it is being replaced. */
export async function hasEngine(store: Store, engineVersion: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    SELECT EXISTS (SELECT FROM worker WHERE 'jobs' = ANY (lanes) AND engine_version = ${engineVersion}
                      AND seen_at > now() - ${PATIENCE}) AS there`.execute(store);
  return rows[0]?.there === true;
}

/** The server that was there last, if there ever was one. */
export const lastServer = (
  store: Store,
): Promise<
  | {
      readonly master_key_id: string;
      readonly file_marker: string;
      readonly secret_mark: string;
      readonly host: string;
    }
  | undefined
> =>
  store
    .selectFrom('worker')
    .where('kind', '=', 'server')
    .orderBy('seen_at', 'desc')
    .select(['master_key_id', 'file_marker', 'secret_mark', 'host'])
    .limit(1)
    .executeTakeFirst();
