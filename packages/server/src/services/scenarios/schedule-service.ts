import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import type { RunQueue } from '../../store/queue/run-queue.ts';
import {
  addSchedule,
  changeSchedule,
  findSchedule,
  holdSchedule,
  listSchedules,
  narrowSchedules,
  removeSchedule,
  type ScheduleContent,
  type StoredSchedule,
} from '../../store/scenario-schedules.ts';
import { findScenario } from '../../store/scenarios.ts';
import type { Tenant } from '../../store/tenant.ts';
import { missing } from '../missing.ts';
import { checkTimes, nextTime } from './schedule-times.ts';

/** What may be said of a schedule; what is left out stays as it is. */
export interface ScheduleChange {
  readonly cron?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly paused?: boolean | undefined;
}

const MOST = 50;

/** Use-cases of schedules of scenarios, for one project. */
export class ScheduleService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #queue: RunQueue;

  constructor(tenant: Tenant, principal: Principal, queue: RunQueue) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#queue = queue;
  }

  /** @throws ApiError not_found */
  list(scenarioId: string): Promise<StoredSchedule[]> {
    return this.#tenant(async (tx) => {
      await this.#refuseAbsent(tx, scenarioId);
      return listSchedules(tx, scenarioId);
    });
  }

  /** @throws ApiError not_found, validation_error, conflict */
  create(scenarioId: string, { cron, timeZone, params, paused }: Required<ScheduleChange>): Promise<StoredSchedule> {
    const content = contentOf({ cron: cron ?? '', timeZone: timeZone ?? 'UTC', params: params ?? {} }, paused === true);
    return this.#tenant(async (tx) => {
      await this.#refuseAbsent(tx, scenarioId);
      if ((await listSchedules(tx, scenarioId)).length >= MOST) {
        throw conflict('too_many_schedules', `a scenario has at most ${MOST} schedules`, 'delete some first');
      }
      const made = await addSchedule(tx, { id: newId('sch'), scenarioId }, this.#principal, content);
      await this.#tell(tx, made);
      await this.#record(tx, 'scenario_schedule.created', made);
      return made;
    });
  }

  /** @throws ApiError not_found, validation_error */
  change(scenarioId: string, id: string, change: ScheduleChange): Promise<StoredSchedule> {
    return this.#tenant(async (tx) => {
      const held = (await this.#find(tx, scenarioId, id)) && (await holdSchedule(tx, id));
      if (held === undefined) return missing('schedule', id);
      const said = {
        cron: change.cron ?? held.cron,
        timeZone: change.timeZone ?? held.time_zone,
        params: change.params ?? held.params,
      };
      const changed = await changeSchedule(tx, id, contentOf(said, change.paused ?? held.paused));
      const { cron, timeZone, params } = change;
      const isMore = cron !== undefined || timeZone !== undefined || params !== undefined;
      if (isMore) await narrowSchedules(tx, scenarioId, this.#principal.scopes, id);
      await this.#tell(tx, changed);
      await this.#record(tx, 'scenario_schedule.changed', changed);
      return changed;
    });
  }

  /** @throws ApiError not_found */
  async delete(scenarioId: string, id: string): Promise<void> {
    await this.#tenant(async (tx) => {
      const found = await this.#find(tx, scenarioId, id);
      if (found === undefined || !(await removeSchedule(tx, scenarioId, id))) missing('schedule', id);
      else await this.#record(tx, 'scenario_schedule.deleted', found);
    });
  }

  /** Of a scenario that is not there, nothing is. */
  async #find(tx: Store, scenarioId: string, id: string): Promise<StoredSchedule | undefined> {
    const scenario = await findScenario(tx, this.#principal.projectId, scenarioId);
    return scenario && findSchedule(tx, scenarioId, id);
  }

  async #refuseAbsent(tx: Store, scenarioId: string): Promise<void> {
    if ((await findScenario(tx, this.#principal.projectId, scenarioId)) === undefined) missing('scenario', scenarioId);
  }

  /** A notice that is given when the time has come. */
  async #tell(tx: Store, { id, workspace_id: workspaceId, next_at }: StoredSchedule): Promise<void> {
    if (next_at !== null) await this.#queue.send(tx, { runId: id, workspaceId }, 'schedules', next_at);
  }

  #record(tx: Store, action: string, { id, scenario_id, cron, time_zone, paused }: StoredSchedule): Promise<void> {
    const details = { scenario_id, cron, time_zone, paused };
    return recordAct(tx, this.#principal, { action, subjectId: id, details });
  }
}

/** @throws ApiError validation_error */
function contentOf(said: Omit<ScheduleContent, 'nextAt'>, paused: boolean): ScheduleContent {
  checkTimes(said.cron, said.timeZone);
  return { ...said, nextAt: paused ? null : nextTime(said.cron, said.timeZone, new Date()) };
}
