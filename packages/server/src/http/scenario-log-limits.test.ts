import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANS } from '../services/limits/plans.ts';
import type { Store } from '../store/open-store.ts';
import { expireLogs } from '../store/run-logs.ts';
import { tenantOf } from '../store/tenant.ts';
import { expectError } from '../testing/client.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

describe('logs by the plan', () => {
  let server: TestServer;
  let database: Store;
  beforeAll(async () => {
    const plans = {
      ...PLANS,
      'self-hosted': { ...PLANS['self-hosted'], logLines: 3, logDays: 14, scenarioSeconds: 2 },
    };
    server = await startOn('external', { sandbox: new PlainSandbox(), plans });
    database = await server.openDatabase();
  });
  afterAll(async () => {
    await database?.destroy();
    await server?.close();
  });
  const run = async (code: string, body: object = {}) => {
    const { body: made } = await server.client.post('/scenarios', { name: 'scenario', code });
    const answer = await server.client.post<{ run_id: string; state: string; error: object }>(
      `/scenarios/${made.id}/run`,
      {
        wait: 'true',
        ...body,
      },
    );
    return { ...answer.body, path: `/scenarios/${made.id}/runs/${answer.body.run_id}` };
  };

  it('keep so many lines, and say that there were more', async () => {
    const { path } = await run('for n in range(1000): print(n)');
    const { text, headers } = await server.client.get(`${path}/logs`);
    expect(text).toBe('0\n1\n2\n[the log is full: what follows is not kept]\n');
    expect(headers.get('x-datamaker-log-dropped-bytes')).toBe(String(10 * 2 + 90 * 3 + 900 * 4 - 3 * 2));
  });

  it('of a script that never stops writing end with its time', async () => {
    const ended = await run('while True: print("x" * 10_000)', { timeout_seconds: 1 });
    expect(ended).toMatchObject({ state: 'timeout', error: { code: 'timeout' } });
    expect((await server.client.get(`${ended.path}/logs`)).text).toHaveLength(
      3 * 10_001 + '[the log is full: what follows is not kept]\n'.length,
    );
  });

  it('go after their days, with their bytes; the run stays', async () => {
    const { path, run_id } = await run('print("kept")');
    const { workspace_id } = await database
      .selectFrom('run_log')
      .where('run_id', '=', run_id)
      .select('workspace_id')
      .executeTakeFirstOrThrow();
    const { rows } = await sql<{ days: number }>`
      SELECT round(extract(epoch FROM expires_at - now()) / 86400) AS days FROM run_log WHERE run_id = ${run_id}`.execute(
      database,
    );
    expect(Number(rows[0]?.days)).toBe(14);
    expect(await database.selectFrom('run_record').where('run_id', '=', run_id).selectAll().execute()).toHaveLength(1);
    await sql`UPDATE run_log SET expires_at = now() - interval '1 minute' WHERE run_id = ${run_id}`.execute(database);
    expect(await tenantOf(database, workspace_id)(expireLogs)).toBe(1);
    expectError(await server.client.get(`${path}/logs`), 410, 'log_expired');
    expectError(await server.client.get(`${path}/logs?follow=true`), 410, 'log_expired');
    expect((await server.client.get(path)).body).toMatchObject({ state: 'done' });
    expect(await database.selectFrom('run_log_chunk').where('run_id', '=', run_id).selectAll().execute()).toEqual([]);
    // Who may see it no more may not have it done again.
    expect(expectError(await server.client.post(`${path}/replay`), 409, 'conflict')).toMatchObject([
      { code: 'no_record' },
    ]);
  });

  it('go with their run', async () => {
    const { run_id } = await run('print("kept")');
    const [chunk] = await database.selectFrom('run_log_chunk').where('run_id', '=', run_id).select('blob_id').execute();
    expect((await server.client.delete(`/runs/${run_id}`)).status).toBe(204);
    const bytes = database
      .selectFrom('file_blob')
      .where('id', '=', chunk?.blob_id ?? '')
      .select('id');
    await until(async () => (await bytes.execute()).length === 0);
  });
});
