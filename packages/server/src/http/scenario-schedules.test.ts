import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import type { Client, ListBody } from '../testing/client.ts';
import { join } from '../testing/people.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { until } from '../testing/until.ts';

interface ScheduleBody {
  readonly id: string;
  readonly paused: boolean;
  readonly next_at: string | null;
}
interface RunBody {
  readonly run_id: string;
}

describe.each(A_STORE)('schedules whose time has come (%s store)', (kind) => {
  let server: TestServer;
  let owner: Client;
  let store: Store;
  beforeAll(async () => {
    // Nobody works on the runs: they are under way until somebody cancels them.
    server = await startOn(kind, {
      runs: { workers: 0, scenarioWorkers: 0 },
      plans: {
        small: {
          ...{ requestsPerMinute: null, rowsPerHour: null, previewsPerMinute: null },
          ...{ fileBytes: 1000, storageBytes: null, files: null, openRuns: 1 },
        },
      },
    });
    await registerWorker(server);
    owner = server.client;
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const schedule = async (client = owner) => {
    const { body } = await client.post('/scenarios', { name: 's', code: 'print(1)' });
    const path = `/scenarios/${body.id}`;
    const made = await client.post<ScheduleBody>(`${path}/schedules`, { cron: '@yearly' });
    expect(made.status).toBe(201);
    return { path, id: made.body.id };
  };
  type Made = Awaited<ReturnType<typeof schedule>>;
  const stateOf = async ({ path, id }: Made): Promise<ScheduleBody | undefined> =>
    (await owner.get<ListBody<ScheduleBody>>(`${path}/schedules`)).body.items.find((one) => one.id === id);
  const runsOf = async ({ path }: Made) => (await owner.get<ListBody<RunBody>>(`${path}/runs`)).body.items;
  /** As if the time had come: the schedule's, and the notice's. Returns when a server has seen to it. */
  const come = async ({ id }: Made): Promise<void> => {
    await sql`UPDATE scenario_schedule SET next_at = now() - interval '1 hour' WHERE id = ${id}`.execute(store);
    await sql`
      UPDATE datamaker_queue.job SET start_after = now()
       WHERE name = 'schedules' AND data ->> 'runId' = ${id}`.execute(store);
    await until(async () => {
      const found = store.selectFrom('scenario_schedule').where('id', '=', id).select('next_at');
      const { next_at: next } = await found.executeTakeFirstOrThrow();
      return next === null || next.getTime() > Date.now();
    });
  };
  const paused = async ({ id }: Made) =>
    (await owner.get<ListBody<object>>(`/audit?subject=${id}&action=scenario_schedule.paused`)).body.items;

  it('begin no run beside the one before, and one when that has ended', async () => {
    const made = await schedule();
    await come(made);
    const [first] = await runsOf(made);
    expect(first).toBeDefined();
    await come(made);
    expect(await runsOf(made)).toHaveLength(1);
    expect((await owner.delete(`${made.path}/runs/${first?.run_id}`)).status).toBe(200);
    await come(made);
    expect(await runsOf(made)).toHaveLength(2);
  });

  it.each(['is now a viewer', 'was removed'])('pause when whoever made them %s', async (how) => {
    const somebody = await join(owner, 'member');
    const made = await schedule(somebody.client);
    if (how === 'was removed') expect((await owner.delete(`/people/${somebody.id}`)).status).toBe(204);
    else expect((await owner.patch(`/people/${somebody.id}`, { role: 'viewer' })).status).toBe(200);
    await come(made);
    expect(await stateOf(made)).toMatchObject({ paused: true, next_at: null });
    expect(await runsOf(made)).toEqual([]);
    expect(await paused(made)).toMatchObject([{ personId: somebody.id }]);
  });

  it.each([
    ['is revoked', true],
    ['has expired', true],
    ['was made anew', false],
  ])('that a key made are paused when it %s: %s', async (how, isPaused) => {
    const { body: key } = await owner.post<{ id: string; key: string }>('/keys', { name: 'for schedules' });
    const made = await schedule(owner.as(key.key));
    if (how === 'is revoked') expect((await owner.delete(`/keys/${key.id}`)).status).toBe(204);
    if (how === 'was made anew') expect((await owner.post(`/keys/${key.id}/rotate`, {})).status).toBe(201);
    if (how !== 'is revoked') {
      await store
        .updateTable('api_key')
        .set({ expires_at: new Date(0) })
        .where('id', '=', key.id)
        .execute();
    }
    await come(made);
    expect(await stateOf(made)).toMatchObject({ paused: isPaused });
    expect(await runsOf(made)).toHaveLength(isPaused ? 0 : 1);
    expect(await paused(made)).toHaveLength(isPaused ? 1 : 0);
  });

  it('begin nothing while their scenario is deleted, and go on when it is back', async () => {
    const made = await schedule();
    expect((await owner.delete(made.path)).status).toBe(204);
    await come(made);
    expect((await owner.post(`${made.path}/restore`, {})).status).toBe(200);
    expect(await runsOf(made)).toEqual([]);
    await come(made);
    expect(await runsOf(made)).toHaveLength(1);
  });

  it('begin nothing while the workspace has as many runs as its plan gives', async () => {
    const made = await schedule();
    await setPlan(store, 'small');
    await come(made);
    expect(await runsOf(made)).toEqual([]);
    expect(await stateOf(made)).toMatchObject({ paused: false });
    await setPlan(store, 'self-hosted');
    await come(made);
    expect(await runsOf(made)).toHaveLength(1);
  });
});
