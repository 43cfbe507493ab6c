import { allows } from '../../security/permissions.ts';
import { recordAct } from '../../store/audit.ts';
import type { BlobStore } from '../../store/blobs/blob-store.ts';
import { countOpenRuns } from '../../store/count-open-runs.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { findPerson } from '../../store/people.ts';
import type { RunQueue, Ticket } from '../../store/queue/run-queue.ts';
import { advanceSchedule, hasGoodKey, holdSchedule, type StoredSchedule } from '../../store/scenario-schedules.ts';
import { findScenario } from '../../store/scenarios.ts';
import { tenantOf, within } from '../../store/tenant.ts';
import { type Plans, planOf } from '../limits/plans.ts';
import { scenarioLimits } from '../limits/scenario-limits.ts';
import type { RunSignals } from '../runs/run-signals.ts';
import { nextTime } from './schedule-times.ts';
import { submitScenario } from './submit-scenario.ts';

interface SchedulePlaces {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly queue: RunQueue;
  readonly signals: RunSignals;
  readonly plans: Plans;
  readonly onError: (error: unknown, what: string) => void;
}

/** How late a run may begin. */
const LOOK_MS = 2000;
const AT_ONCE = 10;
const KEY_ENDED = 'the key that it was made with is revoked, expired, or for another project';
const STOPPED = 'schedules stop';

/**
 * Makes runs when their time has come. Any number of processes may do so: whoever holds the schedule makes the run, notes when it comes
 * next and gives notice of that, in one transaction. Times that passed while no server was there are made up for by one run.
 */
export class ScheduleWorker {
  readonly #places: SchedulePlaces;
  readonly #stop = new AbortController();
  #looking: Promise<void> = Promise.resolve();

  constructor(places: SchedulePlaces) {
    this.#places = places;
  }

  start(): void {
    this.#looking = this.#look();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { queue, signals, onError } = this.#places;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const tickets = await queue.take(AT_ONCE, 'schedules').catch(() => []);
      for (const ticket of tickets) {
        try {
          await this.#come(ticket);
          await queue.done(ticket);
        } catch (error) {
          onError(error, `the schedule ${ticket.runId} was left as it is`);
          await queue.giveBack(ticket).catch(() => undefined);
        }
      }
      if (tickets.length === 0) await signals.wait(STOPPED, LOOK_MS, signal);
    }
  }

  async #come({ runId: id, workspaceId }: Ticket): Promise<void> {
    const { store, blobs, queue } = this.#places;
    await tenantOf(
      store,
      workspaceId,
      blobs,
    )(async (tx) => {
      const schedule = await holdSchedule(tx, id);
      // It is gone, paused, or was changed since: then there is another notice.
      if (schedule?.next_at == null || schedule.next_at > new Date()) return;
      const runId = await this.#run(tx, schedule);
      const nextAt = runId === 'paused' ? null : nextTime(schedule.cron, schedule.time_zone, new Date());
      await advanceSchedule(tx, id, nextAt, runId === 'paused' ? null : runId);
      if (nextAt !== null) await queue.send(tx, { runId: id, workspaceId }, 'schedules', nextAt);
    });
  }

  /** @returns null: not this time; `paused`: not any more */
  async #run(tx: Store, schedule: StoredSchedule): Promise<string | 'paused' | null> {
    const { workspace_id: workspaceId, scenario_id, created_by, last_run_id } = schedule;
    const { blobs, queue, plans } = this.#places;
    const place = await tx
      .selectFrom('scenario')
      .innerJoin('workspace', 'workspace.id', 'scenario.workspace_id')
      .where('scenario.id', '=', scenario_id)
      .where('workspace.deleted_at', 'is', null)
      .select(['scenario.project_id as projectId', 'workspace.plan'])
      .executeTakeFirst();
    if (place === undefined) return null;
    const scenario = await findScenario(tx, place.projectId, scenario_id);
    // One that was deleted may be restored, as its workspace may.
    if (scenario === undefined) return null;
    if (last_run_id !== null && (await isUnderWay(tx, last_run_id))) return null;
    const person = await findPerson(tx, workspaceId, created_by);
    const author: Principal = {
      credential: 'key',
      keyId: schedule.id,
      rootKeyId: schedule.key_id,
      expiresAt: null,
      readOnly: false,
      scopes: schedule.scopes,
      role: person?.role ?? 'viewer',
      personId: created_by,
      workspaceId,
      plan: place.plan,
      projectId: place.projectId,
      onlyProject: true,
      requestId: schedule.id,
    };
    // Whoever may not run it any more has nothing run.
    const mayRun = person !== undefined && allows(author, 'run');
    if (!mayRun || !(await hasGoodKey(tx, schedule, place.projectId))) {
      const reason = mayRun ? KEY_ENDED : 'whoever made it may not run scenarios any more';
      const act = { action: 'scenario_schedule.paused', subjectId: schedule.id, details: { reason } };
      await recordAct(tx, author, act);
      return 'paused';
    }
    const order = { params: schedule.params, origin: { schedule_id: schedule.id } };
    const { openRuns = null } = planOf(plans, place.plan);
    if (openRuns !== null && (await countOpenRuns(tx, workspaceId)) >= openRuns) return null;
    // Whether it can be executed is for the run to say: nobody is here to be told.
    const runs = { queue, plans };
    const limits = scenarioLimits(planOf(plans, place.plan));
    return submitScenario(runs, within(tx, blobs), author, limits, scenario, order);
  }
}

async function isUnderWay(tx: Store, runId: string): Promise<boolean> {
  const found = tx.selectFrom('run').where('id', '=', runId).where('ended_at', 'is', null).select('id');
  return (await found.executeTakeFirst()) !== undefined;
}
