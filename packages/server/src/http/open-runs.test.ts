import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';

const MOST = 3;
const UNLIMITED = {
  requestsPerMinute: null,
  rowsPerHour: null,
  previewsPerMinute: null,
  fileBytes: 1000,
  storageBytes: null,
  files: null,
};

// Nobody works on them.
describe.each(STORES)('runs of a workspace that have not ended (%s store)', (kind) => {
  let server: TestServer;
  let client: Client;
  let template: string;
  beforeAll(async () => {
    server = await startOn(kind, {
      runs: { workers: 0 },
      plans: {
        small: { ...UNLIMITED, openRuns: MOST, runBytes: 54_321 },
        paying: { ...UNLIMITED, rowsPerHour: 1000, openRuns: MOST },
      },
    });
    client = server.client;
    template = await client.create([{ name: 'id', type: 'sequence' }]);
  });
  afterAll(() => server?.close());
  const plan = async (name: string): Promise<void> => {
    const store = await server.openDatabase();
    await setPlan(store, name);
    await store.destroy();
  };
  const submit = () => client.post<{ run_id: string }>(`/templates/${template}/generate`, { count: 10, async: true });

  it('are as many as the plan gives, also when they come at once', async () => {
    await plan('small');
    const answers = await Promise.all(Array.from({ length: 12 }, submit));
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(MOST);
    for (const answer of answers.filter(({ status }) => status !== 202)) {
      expectError(answer, 429, 'too_many_runs');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const [first, second] = taken;
    // One that is being worked on has not ended either.
    const store = await server.openDatabase();
    const held = { state: 'running' as const, token: 'x', lease_until: new Date(Date.now() + 60_000) };
    const begun = store
      .updateTable('run')
      .set(held)
      .where('id', '=', second?.body.run_id ?? '');
    await begun.execute();
    // As much may come of it as the plan says.
    const bounds = await store.selectFrom('run').select('max_bytes').distinct().execute();
    await store.destroy();
    expect(bounds).toEqual([{ max_bytes: '54321' }]);
    expectError(await submit(), 429, 'too_many_runs');
    expect((await client.post(`/runs/${first?.body.run_id}/cancel`, {})).status).toBe(200);
    expect((await submit()).status).toBe(202);
    expectError(await submit(), 429, 'too_many_runs');
  });

  it('cost no rows of the plan when they are refused', async () => {
    await plan('paying');
    expectError(await submit(), 429, 'too_many_runs');
    const store = await server.openDatabase();
    expect(await store.selectFrom('row_reservation').select('reserved').execute()).toEqual([]);
    await store.destroy();
  });

  it('are not counted without such a limit', async () => {
    await plan('self-hosted');
    for (let i = 0; i < 10; i++) expect((await submit()).status).toBe(202);
  });
});
