import { createHash } from 'node:crypto';
import { newId } from '../../ids.ts';
import { deletedNow, HOUR, type Place, type Workshop } from './place.ts';

export async function makeScenario(
  shop: Workshop,
  { workspaceId, projectId, mark, personId }: Place,
  isDeleted = false,
): Promise<string> {
  const id = newId('scn');
  const deletion = isDeleted ? deletedNow() : {};
  const name = mark;
  await shop.store
    .insertInto('scenario')
    .values({ id, workspace_id: workspaceId, project_id: projectId, version: 2, name, ...deletion })
    .execute();
  for (const version of [1, 2]) {
    await shop.store
      .insertInto('scenario_version')
      .values({
        scenario_id: id,
        workspace_id: workspaceId,
        version,
        name,
        code: `print(${version}, ${JSON.stringify(mark)})`,
        settings: JSON.stringify({ retryOnCrash: false, timeoutSeconds: null }),
        needs: JSON.stringify({ requirements: [], requiresPython: null, readBy: null, problem: null }),
        created_by: personId,
      })
      .execute();
  }
  return id;
}

/** One that is queued gets no notice: nobody works on it. */
export async function makeScenarioRun(
  shop: Workshop,
  place: Place,
  state: 'failed' | 'queued',
  isDeleted: boolean,
): Promise<string> {
  const { workspaceId, projectId, mark, personId } = place;
  const id = newId('run');
  await shop.store
    .insertInto('run')
    .values({
      id,
      workspace_id: workspaceId,
      project_id: projectId,
      kind: 'scenario',
      state,
      subject_id: await makeScenario(shop, place),
      params: JSON.stringify({ scenario_version: 1, params: { mark } }),
      total_rows: '0',
      ended_at: state === 'failed' ? new Date() : null,
      created_by: personId,
      request_id: 'req_x',
      deleted_at: isDeleted ? new Date() : null,
    })
    .execute();
  if (state === 'failed') await makeRecord(shop, workspaceId, id);
  return id;
}

/** What a run was answered: nothing. */
async function makeRecord({ store }: Workshop, workspaceId: string, runId: string): Promise<void> {
  const blob = { id: newId('blob'), workspace_id: workspaceId };
  await store
    .insertInto('file_blob')
    .values({ ...blob, state: 'kept', byte_count: '0' })
    .execute();
  await store
    .insertInto('run_record')
    .values({
      run_id: runId,
      workspace_id: workspaceId,
      blob_id: blob.id,
      byte_count: '0',
      sha256: createHash('sha256').digest(),
      call_count: 0,
      incomplete: null,
    })
    .execute();
}

/** One that does not come about while tests run. */
export async function makeSchedule(shop: Workshop, place: Place): Promise<string> {
  const id = newId('sch');
  await shop.store
    .insertInto('scenario_schedule')
    .values({
      id,
      workspace_id: place.workspaceId,
      scenario_id: await makeScenario(shop, place),
      cron: '0 0 1 1 *',
      time_zone: 'UTC',
      params: JSON.stringify({ mark: place.mark }),
      next_at: new Date(Date.now() + HOUR),
      last_run_id: null,
      created_by: place.personId,
    })
    .execute();
  return id;
}

/** The scenario that a run or a schedule is of; of one that is not there, any. */
export async function scenarioOf({ store }: Workshop, id: string): Promise<string> {
  const none = newId('scn');
  if (id.includes('\0')) return none;
  if (id.startsWith('sch_')) {
    const schedule = store.selectFrom('scenario_schedule').where('id', '=', id).select('scenario_id');
    return (await schedule.executeTakeFirst())?.scenario_id ?? none;
  }
  const run = store.selectFrom('run').where('id', '=', id).select('subject_id');
  return (await run.executeTakeFirst())?.subject_id ?? none;
}
