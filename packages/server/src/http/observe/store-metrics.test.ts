import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectError } from '../../testing/client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { until } from '../../testing/until.ts';

const TOKEN = 'a token of 24 characters';

let server: TestServer;
beforeAll(async () => {
  // Nobody here takes a scenario: it waits.
  server = await startOn('external', { metricsToken: TOKEN, runs: { workers: 1, scenarioWorkers: 0 } });
});
afterAll(() => server?.close());

/** The number of a series, undefined when it is not there. */
async function figure(series: string): Promise<number | undefined> {
  const { text } = await server.client.as(TOKEN).get('/metrics');
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

it('counts rows that are made, and runs by their kind and their end', async () => {
  const [before = 0, ended = 0] = [
    await figure('datamaker_generated_rows_total'),
    await figure('datamaker_runs_ended_total{kind="generation",state="done"}'),
  ];
  const id = await server.client.create([{ name: 'id', type: 'sequence' }]);
  await server.client.post(`/templates/${id}/generate`, { from: 500, to: 800, format: 'csv' });
  expect(await figure('datamaker_generated_rows_total')).toBe(before + 300);
  const { body } = await server.client.post<{ run_id: string }>(`/templates/${id}/generate`, {
    count: 2000,
    async: true,
  });
  await server.client.get(`/runs/${body.run_id}?wait=true`);
  expect(await figure('datamaker_generated_rows_total')).toBe(before + 2300);
  expect(await figure('datamaker_runs_ended_total{kind="generation",state="done"}')).toBe(ended + 1);
});

it('counts errors by their code', async () => {
  const rowless = await server.client.create([{ name: 'id', type: 'sequence' }]);
  expectError(await server.client.post(`/templates/${rowless}/generate`, { count: -1 }), 422, 'validation_error');
  expectError(await server.client.get('/templates/tmpl_none'), 404, 'not_found');
  expect(await figure('datamaker_http_errors_total{code="validation_error"}')).toBe(1);
  expect(await figure('datamaker_http_errors_total{code="not_found"}')).toBe(1);
});

it('tells what waits in the queue, since when, and who could take it', async () => {
  const store = await server.openDatabase();
  try {
    await sql`
      INSERT INTO datamaker_queue.job (name, data, created_on, start_after)
      SELECT 'scenarios', '{}', now() - interval '90 seconds', now() - make_interval(secs => wait)
        FROM unnest(ARRAY[90, 10, -3600]) AS wait`.execute(store);
    await until(async () => (await figure('datamaker_queue_waiting{lane="scenarios"}')) === 2);
    expect(await figure('datamaker_queue_oldest_seconds{lane="scenarios"}')).toBeGreaterThanOrEqual(90);
    expect(await figure('datamaker_queue_waiting{lane="runs"}')).toBe(0);
    await until(async () => (await figure('datamaker_workers{kind="server"}')) === 1);
    expect(await figure('datamaker_store_up')).toBe(1);
    expect(await figure('datamaker_store_connections{state="open"}')).toBeGreaterThan(0);
    expect(await figure('datamaker_disk_free_bytes')).toBeGreaterThan(0);
    // When they cannot be asked for they are not there, rather than those of before.
    await sql`ALTER TABLE worker RENAME TO away`.execute(store);
    try {
      await until(async () => (await figure('datamaker_store_up')) === 0);
      expect(await figure('datamaker_queue_waiting{lane="scenarios"}')).toBeUndefined();
    } finally {
      await sql`ALTER TABLE away RENAME TO worker`.execute(store);
    }
  } finally {
    await store.destroy();
  }
});
