import { once } from 'node:events';
import { request as send } from 'node:http';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { type Client, expectError } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const FILES = { fileBytes: 1000, storageBytes: null, files: null };
/** The goal: ten thousand in a minute are not worth it. */
const PREVIEWS = tries(300, 10_000);
const FIELDS = [{ name: 'id', type: 'uuid' }];
/** An amount of money is nothing that can be added up: seen only when rows are made. */
const UNMAKEABLE = [
  { name: 'n', type: 'template', options: { fields: [{ name: 'a', type: 'currency' }], array: true, count: 2 } },
  { name: 'sum', type: 'derived', options: { expression: 'sum(n.a)' } },
];

describe.each(STORES)('the plan of a workspace, with the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  let id: string;
  beforeAll(async () => {
    server = await startOn(kind, {
      plans: {
        free: { requestsPerMinute: 60, rowsPerHour: 10_000, previewsPerMinute: 5, ...FILES },
        previews: { requestsPerMinute: null, rowsPerHour: 10_000, previewsPerMinute: 30, ...FILES },
        rows: { requestsPerMinute: null, rowsPerHour: 1_000_000, previewsPerMinute: null, ...FILES },
        'self-hosted': { requestsPerMinute: null, rowsPerHour: null, previewsPerMinute: null, ...FILES },
      },
    });
    client = server.client;
    store = await server.openDatabase();
    id = await client.create(FIELDS);
  });
  beforeEach(() => setPlan(store, 'free'));
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  const usedRows = async (): Promise<number> => {
    const used = await store.selectFrom('row_bucket').select('level').execute();
    return used.reduce((sum, { level }) => sum + level, 0);
  };
  const reservations = async (): Promise<number> =>
    (await store.selectFrom('row_reservation').select('id').execute()).length;

  it('limits requests, and says where the client stands', async () => {
    const before = Date.now() / 1000;
    for (let left = 59; left >= 0; left--) {
      const { status, headers } = await client.get('/templates');
      expect(status).toBe(200);
      expect(headers.get('x-ratelimit-limit')).toBe('60');
      // A request a second comes back meanwhile.
      expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThanOrEqual(left);
      expect(headers.get('ratelimit-policy')).toBe('"requests";q=60;w=60');
      expect(headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=\d+$/);
      const reset = Number(headers.get('x-ratelimit-reset'));
      expect(reset).toBeGreaterThanOrEqual(Math.floor(before));
      expect(reset).toBeLessThanOrEqual(Date.now() / 1000 + 62);
    }
    await store.updateTable('request_bucket').set({ level: 60, at: sql<number>`at + 3000000` }).execute();
    const refused = await client.get('/templates');
    expectError(refused, 429, 'rate_limited');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    await setPlan(store, 'self-hosted');
    const free = await client.get('/templates');
    expect([free.status, free.headers.get('x-ratelimit-limit'), free.headers.get('ratelimit')]).toEqual([
      200,
      null,
      null,
    ]);
    expect(await store.selectFrom('request_bucket').selectAll().execute()).toEqual([]);
  });

  it('limits rows, all of a request or none', async () => {
    const generate = (count: number) => client.post(`/templates/${id}/generate`, { count, format: 'csv' });
    const first = await generate(6000);
    expect(first.status).toBe(200);
    expect(first.headers.get('ratelimit')).toMatch(/"rows";r=400\d;t=\d+$/);
    const refused = await generate(5000);
    expectError(refused, 429, 'quota_exceeded');
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(300);
    expect(wait).toBeLessThanOrEqual(360);
    expect((await generate(3000)).status).toBe(200);
    const never = await generate(10_001);
    // To wait does not help.
    expect(expectError(never, 422, 'validation_error')).toMatchObject([{ code: 'more_than_plan' }]);
    expect(never.headers.get('retry-after')).toBeNull();
    const used = await usedRows();
    expect(used).toBeLessThanOrEqual(9000);
    // What empties meanwhile.
    expect(used).toBeGreaterThan(8900);
    // They end after the answer has.
    await until(async () => (await reservations()) === 0);
  });

  it('gives all of its rows at once', async () => {
    expect((await client.post(`/templates/${id}/generate`, { count: 10_000, format: 'csv' })).status).toBe(200);
    expectError(
      await client.post(`/templates/${id}/generate`, { count: 10_000, format: 'csv' }),
      429,
      'quota_exceeded',
    );
  });

  it('tells what a generation would be before it is made', async () => {
    const estimate = (count: number) =>
      client.post<{ rows: number; bytes: number; seconds: number; quota: object }>(`/templates/${id}/estimate`, {
        count,
        format: 'csv',
      });
    const small = await estimate(10_000);
    expect(small.body).toMatchObject({ rows: 10_000, quota: { left: 10_000, enough: true } });
    // 36 characters and a line feed; the header counts once too often.
    expect(Math.abs(small.body.bytes - 370_000)).toBeLessThan(100);
    expect(small.body.seconds).toBeGreaterThan(0);
    // The same for as many rows further on.
    const range = { from: 50_000, to: 60_000, format: 'csv' };
    const further = await client.post<{ rows: number; bytes: number }>(`/templates/${id}/estimate`, range);
    expect(further.body.rows).toBe(10_000);
    expect(Math.abs(further.body.bytes - 370_000)).toBeLessThan(100);
    expect((await estimate(10_001)).body.quota).toEqual({ left: 10_000, enough: false });
    expectError(await estimate(0), 422, 'validation_error');
    expect(await usedRows()).toBe(0);
    await setPlan(store, 'self-hosted');
    expect((await estimate(1e9)).body.quota).toEqual({ left: null, enough: true });
  });

  it('takes no rows for what fails or is only looked at', async () => {
    expectError(
      await client.post(`/templates/${id}/generate`, { count: 100, format: 'none' }),
      422,
      'validation_error',
    );
    for (let left = 4; left >= 0; left--) {
      const { status, headers } = await client.post(`/templates/${id}/preview`, {});
      expect(status).toBe(200);
      expect(headers.get('ratelimit-policy')).toBe('"requests";q=60;w=60, "previews";q=5;w=60');
      expect(headers.get('ratelimit')).toMatch(new RegExp(`, "previews";r=${left};t=\\d+$`));
      // Those that most clients know are of requests.
      expect(headers.get('x-ratelimit-limit')).toBe('60');
      expect(headers.get('retry-after')).toBeNull();
    }
    const refused = await client.post(`/templates/${id}/preview`, {});
    expectError(refused, 429, 'rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(10);
    expect(await usedRows()).toBe(0);
  });

  it('takes rows for a set that a template makes, and none for one that cannot be', async () => {
    const save = (name: string, count: number) => client.post('/sets', { name, template_id: id, count });
    expect((await save('paid', 6000)).status).toBe(201);
    const used = await usedRows();
    expect(used).toBeLessThanOrEqual(6000);
    expect(used).toBeGreaterThan(5900);
    const refused = await save('too-much', 5000);
    expectError(refused, 429, 'quota_exceeded');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(300);
    expectError(await client.get('/sets/too-much'), 404, 'not_found');
    expectError(await save('NOT/../a name', 100), 422, 'validation_error');
    // It was paid for when it was made.
    for (let load = 0; load < 3; load++) expect((await client.get('/sets/paid?limit=6000')).status).toBe(200);
    expect((await client.post('/sets', { name: 'brought', rows: [{ id: 1 }] })).status).toBe(201);
    expect(await usedRows()).toBeLessThanOrEqual(used);
    await until(async () => (await reservations()) === 0);
  });

  it.each([
    ['a stream', '/templates/ID/generate', { count: 500 }, 422],
    ['a set', '/sets', { name: 'failing', template_id: 'ID', count: 500 }, 422],
    ['a run', '/templates/ID/generate', { count: 500, async: true }, 202],
    ['a job', '/jobs', { template_id: 'ID', count: 500, format: 'csv' }, 202],
  ])('takes no rows for %s whose rows cannot be made', async (_, path, body, status) => {
    await setPlan(store, 'rows');
    const failing = await client.create(UNMAKEABLE);
    const placed = JSON.parse(JSON.stringify([path, body]).replaceAll('ID', failing)) as [string, object];
    const answer = await client.post<{ run_id?: string }>(...placed);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
    const { run_id: run } = answer.body;
    if (run !== undefined) expect((await client.get(`/runs/${run}?wait=true`)).body).toMatchObject({ state: 'failed' });
    await until(async () => (await reservations()) === 0);
    expect(await usedRows()).toBe(0);
  });

  it('shows no more than three rows in each of so many previews, whatever is asked for', async () => {
    for (const wrong of [{ count: 1000 }, { from: 3, to: 1000 }, { limit: 1000 }, { format: 'csv' }]) {
      expectError(await client.post(`/templates/${id}/preview`, wrong), 422, 'validation_error');
    }
    await setPlan(store, 'previews');
    const bucket = () =>
      store
        .selectFrom('request_bucket')
        .where('name', 'like', 'previews %')
        .select(['level', 'at'])
        .executeTakeFirstOrThrow();
    const rows = new Set<string>();
    let allowed = 0;
    const ask = async (seed: string): Promise<void> => {
      const answer = await client.post<readonly object[]>(`/templates/${id}/preview`, { seed });
      if (answer.status === 429) return;
      expect(answer).toMatchObject({ status: 200, body: { length: 3 } });
      allowed++;
      for (const row of answer.body) rows.add(JSON.stringify(row));
    };
    await ask('first');
    const { at } = await bucket();
    for (let asked = 1; asked < PREVIEWS; asked += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, index) => ask(`${asked + index}`)));
    }
    // Thirty at once, and one every other second since.
    expect(allowed).toBeLessThanOrEqual(30 + ((await bucket()).at - at) / 2e6);
    expect(rows.size).toBeLessThanOrEqual(3 * allowed);
    expect(await usedRows()).toBe(0);
  });

  it.each([0.1, 0.5, 0.9])('takes what has left, when the client goes away after %d of it', async (share) => {
    await setPlan(store, 'rows');
    const count = 900_000;
    const bytesOfRow = 37;
    let received = 0;
    const { hostname, port } = new URL(client.url);
    const asked = send({
      hostname,
      port,
      method: 'POST',
      path: `/templates/${id}/generate`,
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    });
    asked.end(JSON.stringify({ count, format: 'csv' }));
    const [answer] = await once(asked, 'response');
    for await (const chunk of answer) {
      received += chunk.length;
      if (received > share * count * bytesOfRow) break;
    }
    asked.destroy();
    await until(async () => (await reservations()) === 0);
    const used = await usedRows();
    const delivered = received / bytesOfRow;
    const chunk = (4 * 1024 * 1024) / bytesOfRow;
    expect(used).toBeGreaterThanOrEqual(delivered - 1);
    // One chunk is under way; the network holds a little of another.
    expect(used - delivered).toBeLessThan(2 * chunk);
  });

  it('gives back what a server that died had reserved', async () => {
    await setPlan(store, 'rows');
    expect((await client.post(`/templates/${id}/generate`, { count: 100, format: 'csv' })).status).toBe(200);
    const [bucket] = await store.selectFrom('row_bucket').select('name').execute();
    await store.updateTable('row_bucket').set({ level: 1_000_000 }).execute();
    await store
      .insertInto('row_reservation')
      .values({
        id: 'rsv_lost',
        bucket: bucket?.name ?? '',
        reserved: '600000',
        delivered: '200000',
        lease_until: new Date(0),
      })
      .execute();
    expect((await client.post(`/templates/${id}/generate`, { count: 400_000, format: 'csv' })).status).toBe(200);
    expectError(
      await client.post(`/templates/${id}/generate`, { count: 400_000, format: 'csv' }),
      429,
      'quota_exceeded',
    );
  });
});
