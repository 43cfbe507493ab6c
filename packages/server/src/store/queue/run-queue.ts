import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { configOf } from '../config-of.ts';
import type { Store, StoreLocation } from '../open-store.ts';

/** Which run is to be worked on. Whose it is stands beside it: a run is not seen before its workspace is named. */
export interface Notice {
  readonly runId: string;
  readonly workspaceId: string;
}

/**
 * A run waits among its like: one that waits for others, as scenarios do, or that goes on for hours, as jobs do, must not keep these from being
 * worked on.
 */
export const LANES = ['runs', 'scenarios', 'schedules', 'jobs'] as const;
export type Lane = (typeof LANES)[number];

/** A notice that this process holds, until its heartbeat stops. */
export interface Ticket extends Notice {
  readonly id: string;
  readonly lane: Lane;
  readonly retryCount: number;
  /** Of a part of a job: which engine makes it; null: its notice does not say, as those of old do not. */
  readonly engineVersion: string | null;
}

/** Of the queue in the database. Nothing of DataMaker's own is in it, and nothing of it is in `public`. */
export const QUEUE_SCHEMA = 'datamaker_queue';
const YEARS = 10 * 365 * 24 * 3600;

/**
 * Notices of runs that wait for a worker. They say only that there is work: what has become of a run stands in its own row, and a
 * notice too many does no harm.
 */
export class RunQueue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /**
   * Makes or updates the tables of the queue, as their owner.
   * @throws Error when the owner may not make a schema
   */
  static async install(owner: Store, location: StoreLocation): Promise<void> {
    const { PgBoss } = await import('pg-boss');
    const { rows } = await sql<{ there: boolean; may: boolean }>`
      SELECT to_regnamespace(${QUEUE_SCHEMA}) IS NOT NULL AS there,
             has_database_privilege(current_database(), 'CREATE') AS may`.execute(owner);
    const [found] = rows;
    if (found?.there !== true && found?.may !== true) {
      throw new Error(
        `its user may not make the schema ${QUEUE_SCHEMA}: make it, owned by that user, or grant CREATE on the database`,
      );
    }
    const boss = new PgBoss({
      ...configOf(location, 'datamaker'),
      ...IDLE,
      max: 1,
      createSchema: found.there !== true,
    });
    boss.on('error', () => undefined);
    try {
      await boss.start();
      for (const lane of LANES) {
        const known = await boss.getQueue(lane);
        if (known === null) await boss.createQueue(lane, NOTICES);
      }
    } finally {
      await boss.stop({ graceful: false });
    }
  }

  /** Opens it as the role that a store works as. */
  static async open(store: Store, location: StoreLocation, onError: (error: Error) => void): Promise<RunQueue> {
    const { PgBoss } = await import('pg-boss');
    const { rows } = await sql<{ role: string }>`SELECT quote_ident(current_user) AS role`.execute(store);
    const role = rows[0]?.role ?? '';
    const boss = new PgBoss({
      ...configOf(location, 'datamaker'),
      ...IDLE,
      options: `-c role=${role.replace(/[\\ ]/g, '\\$&')}`,
      max: 2,
      migrate: false,
      supervise: true,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    });
    boss.on('error', onError);
    await boss.start();
    return new RunQueue(boss);
  }

  /**
   * Gives notice of a run in the transaction that makes it: there is no one without the other.
   * @param at nobody takes it before
   */
  async send(tx: Store, { runId, workspaceId }: Notice, lane: Lane = 'runs', at?: Date): Promise<void> {
    const { fromKysely } = await import('pg-boss');
    const options = { db: fromKysely(tx), ...(at === undefined ? {} : { startAfter: at }) };
    await this.#boss.send(lane, { runId, workspaceId }, options);
  }

  /**
   * Gives a notice for each part of a job. The first parts of all jobs go before the second ones: a large job keeps no other waiting for its end.
   * @param parts their numbers
   * @param engineVersion which engine makes them
   */
  async sendParts(
    tx: Store,
    { runId, workspaceId }: Notice,
    parts: readonly number[],
    engineVersion: string,
  ): Promise<void> {
    const { fromKysely } = await import('pg-boss');
    const data = { runId, workspaceId };
    const options = { db: fromKysely(tx) };
    const group = { id: engineVersion };
    for (let first = 0; first < parts.length; first += MOST_AT_ONCE) {
      const some = parts.slice(first, first + MOST_AT_ONCE);
      await this.#boss.insert(
        'jobs',
        some.map((number) => ({ data, priority: -number, group })),
        options,
      );
    }
  }

  /**
   * Takes notices that nobody holds.
   * @param but none of parts that these engines make
   */
  async take(most: number, lane: Lane = 'runs', but: readonly string[] = []): Promise<Ticket[]> {
    const jobs = await this.#boss.fetch<Notice>(lane, { batchSize: most, ignoreGroups: [...but] });
    return jobs.map(({ id, retryCount, data, groupId }) => ({
      ...data,
      id,
      retryCount,
      lane,
      engineVersion: groupId ?? null,
    }));
  }

  /** Whether there is a notice of a run. */
  async knows({ runId, workspaceId }: Notice, lane: Lane = 'runs'): Promise<boolean> {
    const jobs = await this.#boss.findJobs(lane, { data: { runId, workspaceId } });
    return jobs.some(({ state }) => state === 'created' || state === 'retry' || state === 'active');
  }

  /** Says that this process still lives. */
  async touch({ id, retryCount, lane }: Ticket): Promise<void> {
    await this.#boss.touch(lane, { id, retryCount });
  }

  /** There is nothing more to do. */
  async done({ id, retryCount, lane }: Ticket): Promise<void> {
    await this.#boss.deleteJob(lane, { id, retryCount });
  }

  /** Somebody else, or this process again, has to see to it. */
  async giveBack({ id, retryCount, lane }: Ticket): Promise<void> {
    await this.#boss.fail(lane, { id, retryCount });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

/** What is common to all uses: no schedules, and nothing that only an owner may do. */
const IDLE = {
  schema: QUEUE_SCHEMA,
  schedule: false,
  supervise: false,
  reindex: false,
  monitorVacuum: false,
  application_name: 'datamaker-queue',
} as const;

/**
 * How often notices of the dead are looked for. One process does so for all of them; two that look at nearly the same time put it off to
 * the next time, and so does one that is cut off just when its turn has come: with 2 s a run is begun again within 10 s of the end of its
 * lease all the same.
 */
const SUPERVISE_SECONDS = 2;

/** Notices that are given in one statement. */
const MOST_AT_ONCE = 1000;

/** A notice outlives its run; one whose holder is silent for so long goes to somebody else. */
const NOTICES = {
  heartbeatSeconds: 15,
  expireInSeconds: 24 * 3600,
  retentionSeconds: YEARS,
  retryLimit: 1_000_000,
  retryDelay: 1,
} as const;
