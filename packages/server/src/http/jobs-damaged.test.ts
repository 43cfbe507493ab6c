import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANS } from '../services/limits/plans.ts';
import { keepRuns } from '../services/runs/keep-runs.ts';
import { LocalBlobs } from '../store/blobs/local-blobs.ts';
import type { Store } from '../store/open-store.ts';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { tries } from '../testing/tries.ts';
import { startUnrulyObjectStore, type UnrulyObjectStore } from '../testing/unruly-object-store.ts';
import { until } from '../testing/until.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'full_name' },
];
const ROWS = { count: 3000, seed: 'demo', format: 'csv' };
const BODY = { ...ROWS, part_rows: 1000 };

interface JobBody {
  readonly state: string;
  readonly progress: { readonly rows: number; readonly bytes: number };
  readonly parts: { readonly done: number };
  readonly error: { readonly code: string; readonly message: string } | null;
}

interface UsageBody {
  readonly meters: readonly { readonly name: string; readonly used: number }[];
}

const withJobs = (client: Client) => {
  const submit = async (template: string, body: object = BODY): Promise<string> =>
    (await client.post<{ run_id: string }>('/jobs', { template_id: template, ...body })).body.run_id;
  const ended = async (id: string): Promise<JobBody> => (await client.get<JobBody>(`/jobs/${id}?wait=true`)).body;
  const look = async (id: string): Promise<JobBody> => (await client.get<JobBody>(`/jobs/${id}`)).body;
  return { submit, ended, look };
};

describe('parts in a folder', () => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  let template: string;
  beforeAll(async () => {
    const roomy = { ...PLANS['self-hosted'], rowsPerHour: 25_000 };
    const plans = { ...PLANS, roomy, small: { ...roomy, storageBytes: 120_000 } };
    server = await startOn('external', { plans, runs: { workers: 1, scenarioWorkers: 0, jobWorkers: 1 } });
    client = server.client;
    store = await server.openDatabase();
    template = await client.create(FIELDS);
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const blobsOf = async (id: string): Promise<string[]> => {
    const parts = store.selectFrom('generation_job_part').where('run_id', '=', id).orderBy('number');
    const found = await parts.select(['workspace_id', 'blob_id']).execute();
    return found.map(({ workspace_id, blob_id }) => join(server.dataDirectory, 'files', workspace_id, String(blob_id)));
  };

  it('are named when somebody has overwritten or removed them', async () => {
    const { submit, ended } = withJobs(client);
    const id = await submit(template);
    expect((await ended(id)).state).toBe('done');
    const [first = '', second = '', third = ''] = await blobsOf(id);
    const text = (await client.get(`/jobs/${id}/parts/1`)).text;
    writeFileSync(first, text.replace('1', '2'));
    rmSync(second);
    expect((await client.post(`/jobs/${id}/verify`, {})).body).toMatchObject({
      ok: false,
      parts: 3,
      damaged: [
        { part: 1, code: 'part_damaged' },
        { part: 2, code: 'part_missing' },
      ],
    });
    expect((await client.post(`/jobs/${id}/verify`, { first: 3 })).body).toMatchObject({ ok: true, parts: 1 });
    expectError(await client.get(`/jobs/${id}/parts/1`), 409, 'part_damaged');
    expectError(await client.get(`/jobs/${id}/parts/2`), 410, 'part_missing');
    writeFileSync(first, text);
    truncateSync(third, 10);
    // What has left cannot be taken back: the connection breaks.
    await expect(client.get(`/jobs/${id}/content`)).rejects.toThrow();
  });

  it('go when their time is over, and count as long as they are kept', async () => {
    const { submit, ended } = withJobs(client);
    const used = async (): Promise<number> => {
      const { meters } = (await client.get<UsageBody>('/workspace/usage')).body;
      return meters.find(({ name }) => name === 'storage_bytes')?.used ?? 0;
    };
    const before = await used();
    const id = await submit(template);
    const { progress } = await ended(id);
    expect((await used()) - before).toBe(progress.bytes);
    await store
      .updateTable('run')
      .set({ expires_at: new Date(0) })
      .where('id', '=', id)
      .execute();
    await keepRuns(store, new LocalBlobs(join(server.dataDirectory, 'files')), { knows: async () => true } as never);
    expect(await blobsOf(id)).toEqual([]);
    expect(await used()).toBe(before);
    expectError(await client.get(`/jobs/${id}/manifest`), 410, 'output_expired');
  });

  const rows = async (): Promise<number> => {
    const { meters } = (await client.get<UsageBody>('/workspace/usage')).body;
    // A little falls off with every second.
    return Math.round((meters.find(({ name }) => name === 'rows')?.used ?? 0) / 1000) * 1000;
  };

  it('have room, rows and runs as the plan says', async () => {
    await setPlan(store, 'small');
    const { submit, ended } = withJobs(client);
    const id = await submit(template, { ...BODY, count: 20_000, part_rows: 1000 });
    const failed = await ended(id);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'storage_quota_exceeded' } });
    expect(failed.parts.done).toBeGreaterThan(0);
    // What was made is paid for, once.
    expect(await rows()).toBe(failed.progress.rows);
    expectError(await client.post('/jobs', { template_id: template, count: 200_000 }), 422, 'validation_error');
    await store.updateTable('workspace').set({ plan: 'roomy' }).execute();
    expect((await client.post(`/runs/${id}/resume`, {})).status).toBe(202);
    expect(await ended(id)).toMatchObject({ state: 'done', progress: { rows: 20_000 } });
    expect(await rows()).toBe(20_000);
  });

  it('that are files have no more', async () => {
    await setPlan(store, 'small');
    const { submit, ended } = withJobs(client);
    const body = { ...BODY, part_files: true };
    const id = await submit(template, body);
    expect(await ended(id)).toMatchObject({ state: 'failed', error: { code: 'storage_quota_exceeded' } });
    await store.updateTable('workspace').set({ plan: 'roomy' }).execute();
    expectError(await client.post('/jobs', { template_id: template, ...body, count: 26_000 }), 422, 'validation_error');
    expect((await client.post(`/runs/${id}/resume`, {})).status).toBe(202);
    expect(await ended(id)).toMatchObject({ state: 'done', progress: { rows: 3000 } });
    expect(await rows()).toBe(3000);
  });
});

describe('parts in an object store', () => {
  let objects: UnrulyObjectStore;
  let server: TestServer;
  let store: Store;
  let template: string;
  beforeAll(async () => {
    objects = await startUnrulyObjectStore();
    server = await startOn('external', {
      s3: objects.settings,
      runs: { workers: 1, scenarioWorkers: 0, jobWorkers: 1 },
    });
    template = await server.client.create(FIELDS);
    store = await server.openDatabase();
  });
  afterAll(async () => {
    objects?.letAllGo();
    await store?.destroy();
    await server?.close();
    await objects?.close();
  });

  it('are those of one process, and go with their job', async () => {
    const { submit, ended } = withJobs(server.client);
    const { text } = await server.client.post(`/templates/${template}/generate`, ROWS);
    const id = await submit(template);
    expect((await ended(id)).state).toBe('done');
    expect(objects.keys()).toHaveLength(3);
    expect((await server.client.get(`/jobs/${id}/content`)).text).toBe(text);
    expect((await server.client.delete(`/runs/${id}`)).status).toBe(204);
    // Soon, and not always before the answer.
    await until(() => objects.keys().length === 0);
  });

  it('are files of their own also where a job goes on that has failed', { timeout: 60_000 }, async () => {
    const { submit, ended, look } = withJobs(server.client);
    objects.behave('refuses', 1);
    const id = await submit(template, { ...BODY, part_files: true });
    await until(async () => {
      // As if the pauses between attempts were over.
      await store.updateTable('generation_job_part').set({ not_before: null }).where('run_id', '=', id).execute();
      return (await look(id)).state === 'failed';
    });
    objects.behave('keeps');
    const first = (await server.client.get(`/jobs/${id}/parts/1`)).text;
    expect((await server.client.post(`/runs/${id}/resume`, {})).status).toBe(202);
    expect(await ended(id)).toMatchObject({ state: 'done', parts: { done: 3 } });
    for (const n of [1, 2, 3]) {
      const range = { seed: 'demo', format: 'csv', from: (n - 1) * 1000, to: n * 1000 };
      const alone = await server.client.post(`/templates/${template}/generate`, range);
      expect((await server.client.get(`/jobs/${id}/parts/${n}`)).text).toBe(alone.text);
      if (n === 1) expect(first).toBe(alone.text);
    }
    await server.client.delete(`/runs/${id}`);
    await until(() => objects.keys().length === 0);
  });

  it('are removed for one at a time, however many jobs of a workspace end together', async () => {
    const { submit, ended } = withJobs(server.client);
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push(await submit(template));
    for (const id of ids) await ended(id);
    objects.hold('DELETE');
    for (const id of ids) expect((await server.client.delete(`/runs/${id}`)).status).toBe(204);
    expect(objects.held).toHaveLength(1);
    objects.letAllGo();
    // Also those that were given up after it had begun.
    await until(() => objects.keys().length === 0);
  });

  it('are read by turns where several jobs are verified, and those of a job that is gone by then are not missing', async () => {
    const { submit, ended } = withJobs(server.client);
    const [large, small, gone] = [await submit(template), await submit(template), await submit(template)];
    for (const id of [large, small, gone]) await ended(id);
    const verify = (id: string) => server.client.post(`/jobs/${id}/verify`, id === small ? { last: 1 } : {});
    objects.hold('GET');
    const first = verify(large);
    await until(() => objects.held.length === 1);
    const others = [verify(small), verify(gone)] as const;
    await server.client.delete(`/runs/${gone}`);
    let isOver = false;
    void first.then(() => {
      isOver = true;
    });
    // A part of the first, and then the only one of the second.
    objects.letGo();
    await until(() => objects.held.length === 1);
    objects.letGo();
    expect((await others[0]).body).toMatchObject({ ok: true, parts: 1 });
    expect(isOver).toBe(false);
    objects.letAllGo();
    expect((await first).body).toMatchObject({ ok: true, parts: 3 });
    expectError(await others[1], 404, 'not_found');
    for (const id of [large, small]) await server.client.delete(`/runs/${id}`);
    await until(() => objects.keys().length === 0);
  });

  const MANNERS = [
    ['refuses the credentials', 'refuses', 'storage_refused'],
    ['says that it keeps them, and does not', 'forgets', 'part_damaged'],
    ['is busy', 'fails', 'unavailable'],
  ] as const;
  it.each(MANNERS.slice(0, tries(2, 3)))(
    'are asked for again when it %s, and made when the job goes on',
    { timeout: 60_000 },
    async (_, manner, code) => {
      const { submit, ended, look } = withJobs(server.client);
      objects.behave(manner, 1);
      const id = await submit(template);
      await until(async () => {
        // As if the pauses between attempts were over.
        await store.updateTable('generation_job_part').set({ not_before: null }).where('run_id', '=', id).execute();
        return !['queued', 'running'].includes((await look(id)).state);
      });
      expect(await ended(id)).toMatchObject({ state: 'failed', error: { code }, parts: { done: 1 } });
      expect(objects.keys()).toHaveLength(1);
      objects.behave('keeps');
      expect((await server.client.post(`/runs/${id}/resume`, {})).status).toBe(202);
      expect(await ended(id)).toMatchObject({ state: 'done', parts: { done: 3 }, progress: { rows: 3000 } });
      expect((await server.client.post(`/jobs/${id}/verify`, {})).body).toMatchObject({ ok: true, parts: 3 });
      await server.client.delete(`/runs/${id}`);
    },
  );
});
