import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Scope } from '../security/permissions.ts';
import { isGoodKey, type Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export type StoredSchedule = Selectable<Schema['scenario_schedule']>;

/** What a schedule says. */
export interface ScheduleContent {
  readonly cron: string;
  readonly timeZone: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** null: it is paused. */
  readonly nextAt: Date | null;
}

const of = (tx: Store, scenarioId: string) => tx.selectFrom('scenario_schedule').where('scenario_id', '=', scenarioId);

/** The newest first. */
export const listSchedules = (tx: Store, scenarioId: string): Promise<StoredSchedule[]> =>
  of(tx, scenarioId).selectAll().orderBy('ordinal', 'desc').execute();

export const findSchedule = (tx: Store, scenarioId: string, id: string): Promise<StoredSchedule | undefined> =>
  of(tx, scenarioId).where('id', '=', id).selectAll().executeTakeFirst();

/** One that stays as it is until the transaction ends. */
export const holdSchedule = (tx: Store, id: string): Promise<StoredSchedule | undefined> =>
  tx.selectFrom('scenario_schedule').where('id', '=', id).selectAll().forUpdate().executeTakeFirst();

export const addSchedule = (
  tx: Store,
  about: { readonly id: string; readonly scenarioId: string },
  { workspaceId, personId, scopes, rootKeyId }: Pick<Principal, 'workspaceId' | 'personId' | 'scopes' | 'rootKeyId'>,
  { cron, timeZone, params, nextAt }: ScheduleContent,
): Promise<StoredSchedule> =>
  tx
    .insertInto('scenario_schedule')
    .values({
      id: about.id,
      workspace_id: workspaceId,
      scenario_id: about.scenarioId,
      cron,
      time_zone: timeZone,
      params: JSON.stringify(params),
      paused: nextAt === null,
      next_at: nextAt,
      created_by: personId,
      scopes,
      key_id: rootKeyId,
    })
    .returningAll()
    .executeTakeFirstOrThrow();

export const changeSchedule = (
  tx: Store,
  id: string,
  { cron, timeZone, params, nextAt }: ScheduleContent,
): Promise<StoredSchedule> =>
  tx
    .updateTable('scenario_schedule')
    .set({
      cron,
      time_zone: timeZone,
      params: JSON.stringify(params),
      paused: nextAt === null,
      next_at: nextAt,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * Lets schedules do no more than whoever changes what they do: what is for both is left. That is never nothing, since whoever makes or
 * changes one may run scenarios.
 * @param scopes of whoever changes it; null: all, which narrows nothing
 * @param only one of the schedules; default: all of the scenario
 * @returns how many may do less than before
 */
export async function narrowSchedules(
  tx: Store,
  scenarioId: string,
  scopes: readonly Scope[] | null,
  only?: string,
): Promise<number> {
  if (scopes === null) return 0;
  const least = sql<Scope[]>`ARRAY(
    SELECT scope FROM unnest(${[...scopes]}::text[]) AS scope WHERE scope = ANY (scopes) OR scopes IS NULL)`;
  const all = tx
    .updateTable('scenario_schedule')
    .set({ scopes: least })
    .where('scenario_id', '=', scenarioId)
    .where(sql<boolean>`(scopes IS NULL OR NOT scopes <@ ${[...scopes]}::text[])`);
  const { numUpdatedRows } = await (only === undefined ? all : all.where('id', '=', only)).executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Lets schedules that a key made go on with the key that takes its place. */
export const passSchedulesOn = async (tx: Store, from: string, to: string): Promise<void> =>
  void (await tx.updateTable('scenario_schedule').set({ key_id: to }).where('key_id', '=', from).execute());

/** Whether the key is good with which a schedule was made, if it was made with one. @param projectId of its scenario */
export async function hasGoodKey(tx: Store, { id }: StoredSchedule, projectId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('scenario_schedule')
    .where('id', '=', id)
    .where(isGoodKey(sql.ref('key_id'), sql.ref('created_by'), sql`${projectId}::text`))
    .select('id')
    .executeTakeFirst();
  return found !== undefined;
}

/** Notes that the time of a schedule has come. @param runId null: nothing was run */
export const advanceSchedule = async (
  tx: Store,
  id: string,
  nextAt: Date | null,
  runId: string | null,
): Promise<void> =>
  void (await tx
    .updateTable('scenario_schedule')
    .set({
      paused: nextAt === null,
      next_at: nextAt,
      ...(runId === null ? {} : { last_at: sql<Date>`now()`, last_run_id: runId }),
    })
    .where('id', '=', id)
    .execute());

export async function removeSchedule(tx: Store, scenarioId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('scenario_schedule')
    .where('scenario_id', '=', scenarioId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Schedules whose time came a while ago, and nobody has noticed. */
export async function forgottenSchedules(tx: Store): Promise<string[]> {
  const found = await tx
    .selectFrom('scenario_schedule')
    .where('next_at', '<', sql<Date>`now() - interval '2 minutes'`)
    .select('id')
    .limit(100)
    .execute();
  return found.map(({ id }) => id);
}
