import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import type { Client } from '../testing/client.ts';
import { letPartsLapse } from '../testing/let-parts-lapse.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { type SpawnedServer, spawnServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const ROUNDS = tries(2, 40);
const TOKEN = 'a token that reads metrics';
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'full_name' },
  { name: 'mail', type: 'email' },
];

interface JobBody {
  readonly state: string;
  readonly progress: { readonly rows: number };
  readonly parts: { readonly total: number; readonly done: number; readonly running: number };
  readonly error: { readonly code: string; readonly message: string } | null;
}

describe('jobs of a server and two workers', () => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  let template: string;
  let workers: SpawnedServer[] = [];
  beforeAll(async () => {
    const runs = { jobWorkers: 0, workers: 0, scenarioWorkers: 0 };
    server = await startOn('external', { runs, metricsToken: TOKEN });
    client = server.client;
    store = await server.openDatabase();
    template = await client.create(FIELDS);
    // Workers start when they see a server, which says that it is there in the background.
    await until(async () => (await store.selectFrom('worker').select('id').execute()).length > 0);
  });
  afterEach(async () => {
    for (const worker of workers) await end(worker, 'SIGKILL');
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const start = async (...words: string[]): Promise<SpawnedServer> => {
    const { dataDirectory, databaseUrl = '' } = server;
    const worker = await spawnServer('job-worker-process.ts', dataDirectory, databaseUrl, ...words);
    workers.push(worker);
    return worker;
  };
  const end = async (worker: SpawnedServer, signal: NodeJS.Signals): Promise<readonly unknown[]> => {
    worker.child.kill(signal);
    workers = workers.filter((one) => one !== worker);
    return worker.exit;
  };
  const submit = async (body: object): Promise<string> => {
    const answer = await client.post<{ run_id: string }>('/jobs', { template_id: template, seed: 'demo', ...body });
    expect(answer.status).toBe(202);
    return answer.body.run_id;
  };
  const look = async (id: string): Promise<JobBody> => (await client.get<JobBody>(`/jobs/${id}`)).body;
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const working = async ({ url }: SpawnedServer): Promise<boolean> =>
    /"jobs":\{"working":[1-9]/.test(await (await fetch(`${url}/healthz`)).text());

  it(
    'have the bytes of one process, whichever worker is killed when',
    async () => {
      const count = 600_000;
      const expected = (await client.post(`/templates/${template}/generate`, { count, seed: 'demo', format: 'csv' }))
        .text;
      const pair = [await start(), await start()];
      for (let round = 0; round < ROUNDS; round++) {
        const id = await submit({ count, format: 'csv', part_rows: 20_000 });
        await until(async () => (await look(id)).parts.done > 0);
        const victim = round % 2;
        await pause(Math.random() * 300);
        await end(pair[victim] as SpawnedServer, 'SIGKILL');
        // Of who lives as well: what they make of parts that others take from them is refused.
        await letPartsLapse(store);
        pair[victim] = await start();
        await until(async () => (await look(id)).state === 'done');
        expect(sha256((await client.get(`/jobs/${id}/content`)).text)).toBe(sha256(expected));
        expect((await client.post(`/jobs/${id}/verify`, {})).body).toMatchObject({ ok: true, parts: 30, damaged: [] });
        await client.delete(`/runs/${id}`);
      }
      for (const worker of pair) expect(await end(worker, 'SIGTERM')).toEqual([0, null]);
    },
    60_000 + ROUNDS * 60_000,
  );

  it('are not ended by a worker that sleeps past its lease', { timeout: 120_000 }, async () => {
    const unfinished = () =>
      store.selectFrom('file_blob').where('state', '=', 'writing').select('id').orderBy('id').execute();
    const left = await unfinished();
    const id = await submit({ count: 12_000_000, format: 'csv', part_rows: 6_000_000 });
    // What is left to do is what scales workers; it may be told some seconds late.
    const headers = { authorization: `Bearer ${TOKEN}` };
    const metrics = async (): Promise<string> => (await fetch(`${client.url}/metrics`, { headers })).text();
    await until(async () => (await metrics()).includes('datamaker_queue_waiting{lane="jobs"} 2\n'));
    const sleeper = await start();
    await until(async () => (await look(id)).progress.rows > 0);
    sleeper.child.kill('SIGSTOP');
    await letPartsLapse(store);
    const other = await start();
    await until(async () => (await look(id)).state === 'done');
    const before = (await client.get(`/jobs/${id}/manifest`)).text;
    sleeper.child.kill('SIGCONT');
    await until(async () => !(await working(sleeper)));
    expect((await client.get(`/jobs/${id}/manifest`)).text).toBe(before);
    expect((await client.post(`/jobs/${id}/verify`, {})).body).toMatchObject({ ok: true, parts: 2 });
    expect(await unfinished()).toEqual(left);
    await client.delete(`/runs/${id}`);
    for (const worker of [sleeper, other]) expect(await end(worker, 'SIGTERM')).toEqual([0, null]);
  });

  it('are given back by a worker that is told to stop', { timeout: 120_000 }, async () => {
    const first = await start();
    const id = await submit({ count: 400_000_000, format: 'csv', sink: 'hash', part_rows: 400_000_000 });
    await until(async () => (await look(id)).progress.rows > 0);
    first.child.kill('SIGTERM');
    // Once more: it waits no longer for parts to end.
    await until(async () => (await fetch(`${first.url}/readyz`)).status === 503);
    expect((await look(id)).parts).toEqual({ total: 1, done: 0, running: 1 });
    await client.post(`/runs/${id}/cancel`, {});
    expect(await first.exit).toEqual([0, null]);
    workers = workers.filter((one) => one !== first);
    expect(await look(id)).toMatchObject({ state: 'cancelled' });
  });

  it('are not made of rows that have changed since', { timeout: 120_000 }, async () => {
    const save = (word: string) => client.post('/sets', { name: 'words', rows: [{ word }] });
    await save('before');
    const field = { name: 'v', type: 'sample', options: { from: 'words', column: 'word' } };
    const id = await submit({ template_id: await client.create([field]), count: 10 });
    await save('after');
    await start();
    await until(async () => (await look(id)).state === 'failed');
    expect((await look(id)).error?.code).toBe('rows_changed');
  });

  it('are left alone by a worker with another engine', { timeout: 120_000 }, async () => {
    const stranger = await start('1', '0.0.0-other');
    const id = await submit({ count: 1000, format: 'csv' });
    // One with the right engine was there minutes ago, and may come back.
    await pause(2500);
    expect(await look(id)).toMatchObject({ state: 'queued', parts: { done: 0, running: 0 } });
    await store
      .updateTable('worker')
      .set({ seen_at: '2000-01-01' })
      .where('engine_version', '!=', '0.0.0-other')
      .execute();
    await until(async () => (await look(id)).state === 'failed');
    const { error } = await look(id);
    expect(error?.code).toBe('worker_version');
    expect(error?.message).toMatch(/submit it again, or start a worker/);
    await store
      .updateTable('worker')
      .set({ seen_at: sql`now()` })
      .where('engine_version', '!=', '0.0.0-other')
      .execute();
    // However many parts wait that it leaves to others, it makes those that it can.
    const [left, taken] = [await submit({ count: 300, part_rows: 10 }), await submit({ count: 300, part_rows: 10 })];
    await sql`UPDATE generation_job SET engine_version = '0.0.0-other' WHERE run_id = ${taken}`.execute(store);
    await sql`
      UPDATE datamaker_queue.job SET group_id = '0.0.0-other' WHERE name = 'jobs' AND data->>'runId' = ${taken}`.execute(
      store,
    );
    await until(async () => (await look(taken)).state === 'done');
    expect(await look(left)).toMatchObject({ state: 'queued', parts: { done: 0, running: 0 } });
    // Notices from before they said which engine: whoever has another one rests after each.
    await sql`UPDATE datamaker_queue.job SET group_id = NULL WHERE name = 'jobs'`.execute(store);
    const { rows: clock } = await sql<{ now: number }>`
      SELECT extract(epoch FROM clock_timestamp())::float8 AS now`.execute(store);
    const times = new Set<number>();
    await until(async () => {
      const { rows } = await sql<{ at: number }>`
        SELECT extract(epoch FROM max(started_on))::float8 AS at FROM datamaker_queue.job
         WHERE data->>'runId' = ${left}`.execute(store);
      for (const { at } of rows) if (at > (clock[0]?.now ?? 0)) times.add(at);
      return times.size > 1;
    });
    const [once = 0, again = 0] = [...times].toSorted((a, b) => a - b);
    expect(again - once).toBeGreaterThan(4.5);
    await client.delete(`/runs/${left}`);
    await end(stranger, 'SIGTERM');
    await start();
    expect((await client.post(`/runs/${id}/resume`, {})).status).toBe(202);
    await until(async () => (await look(id)).state === 'done');
  });
});
