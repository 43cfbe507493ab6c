import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startWorker, type WorkerOptions } from './start-worker.ts';
import type { Store } from './store/open-store.ts';
import { endUnattendedScenarios } from './store/run-leases.ts';
import { tenantOf } from './store/tenant.ts';
import { lastServer } from './store/workers.ts';
import { PlainSandbox } from './testing/plain-sandbox.ts';
import { removeFolder, startOn, type TestServer, temporaryFolder } from './testing/servers.ts';
import { until } from './testing/until.ts';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly attempt: number;
  readonly error: { readonly code: string } | null;
  readonly logs_url: string;
}

const OTHER_KEY = createHash('sha256').update('another').digest('hex');

describe('a worker', () => {
  let server: TestServer;
  let database: Store;
  beforeAll(async () => {
    // What holds nowhere: whatever is executed is executed by workers.
    server = await startOn('external', { sandbox: { python: '/nowhere/python3' }, runs: { workers: 0 } });
    database = await server.openDatabase();
    await until(async () => (await lastServer(database)) !== undefined);
  });
  afterAll(async () => {
    await database?.destroy();
    await server?.close();
  });

  const optionsOf = (more: Partial<WorkerOptions> = {}): WorkerOptions => ({
    databaseUrl: server.databaseUrl ?? '',
    dataDirectory: server.dataDirectory,
    sandbox: new PlainSandbox(),
    environments: { preinstalled: false },
    ...more,
  });
  const start = async (more: Partial<WorkerOptions> = {}) => {
    const worker = await startWorker(optionsOf(more));
    onTestFinished(() => {
      worker.hurry();
      return worker.close();
    });
    return worker;
  };
  const create = async (code: string, more: object = {}): Promise<string> =>
    (await server.client.post('/scenarios?force=true', { name: 'scenario', code, ...more })).body.id;
  const submit = async (scenario: string, body: object = {}) =>
    server.client.post<RunBody>(`/scenarios/${scenario}/run`, body);
  const forget = () => sql`DELETE FROM worker WHERE kind = 'worker'`.execute(database);

  it('takes what a server cannot execute, which refuses it while there is no worker', async () => {
    await forget();
    const scenario = await create('print("here")');
    const refused = await submit(scenario);
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain('no_sandbox');
    expect(JSON.stringify(refused.body)).toContain('datamaker worker');
    await start();
    await until(async () => (await submit(scenario)).status === 202);
    const { body } = await submit(scenario, { wait: 'true' });
    expect(body).toMatchObject({ state: 'done', attempt: 1, error: null });
    expect((await server.client.get(body.logs_url)).text).toBe('here\n');
  });

  it('takes generations as well, and only what its lanes are', async () => {
    const template = await server.client.create([{ name: 'id', type: 'sequence' }]);
    const submitted = await server.client.post<RunBody>(`/templates/${template}/generate`, { count: 5, async: true });
    expect(submitted.status).toBe(202);
    const worker = await start({ runs: { workers: 2, scenarioWorkers: 0, jobWorkers: 3 } });
    expect(worker.about).toBe('2 runs and 3 parts of jobs at a time');
    const { body } = await server.client.get<RunBody>(`/runs/${submitted.body.run_id}?wait=true`);
    expect(body.state).toBe('done');
  });

  it('that is told to stop ends what it works on, takes no more, and leaves no folder', async () => {
    const scenario = await create('import time\nprint("here", flush=True)\ntime.sleep(1)\nprint("end")');
    const worker = await start({ runs: { workers: 0, scenarioWorkers: 1 } });
    await until(async () => (await submit(scenario)).status === 202);
    const { body } = await submit(scenario);
    const running = async () =>
      (await database.selectFrom('run').where('state', '=', 'running').select('id').execute()).map(({ id }) => id);
    await until(async () => (await running()).length > 0);
    const [first] = await running();
    await worker.close();
    const ended = await database
      .selectFrom('run')
      .select(['id', 'state'])
      .where('id', 'in', [first ?? '', body.run_id])
      .execute();
    expect(Object.fromEntries(ended.map(({ id, state }) => [id, state]))).toMatchObject({ [first ?? '']: 'done' });
    expect(ended.filter(({ state }) => state === 'running' || state === 'lost')).toEqual([]);
    expect(readdirSync(join(server.dataDirectory, 'runs'))).toHaveLength(1);
  });

  it('waits no longer than it is let: what may be begun again goes back, the rest is lost', async () => {
    const slow = 'import time\nprint("here", flush=True)\ntime.sleep(60)';
    const [plain, again] = [await create(slow), await create(slow, { retry_on_crash: true })];
    const worker = await start({ drainMs: 100 });
    await until(async () => (await submit(plain)).status === 202);
    await submit(again);
    const states = async () => {
      const { rows } = await sql<{ subject_id: string; state: string }>`
        SELECT subject_id, state FROM run WHERE subject_id IN (${plain}, ${again})`.execute(database);
      return Object.fromEntries(rows.map(({ subject_id, state }) => [subject_id, state]));
    };
    // What is claimed and has not begun would go back as well.
    const hasBegun = async (scenario: string): Promise<boolean> => {
      const [run] = await runsOf(scenario);
      return (await server.client.get(`/scenarios/${scenario}/runs/${run}/logs`)).text.includes('here');
    };
    await until(async () => (await hasBegun(plain)) && (await hasBegun(again)));
    await worker.close();
    expect(await states()).toEqual({ [plain]: 'lost', [again]: 'queued' });
    await server.client.post(`/runs/${(await runsOf(again))[0]}/cancel`, {});
  });
  const runsOf = async (scenario: string): Promise<string[]> =>
    (await database.selectFrom('run').where('subject_id', '=', scenario).select('id').execute()).map(({ id }) => id);

  it('that died some minutes ago may come again; runs that nobody takes in the end say so', async () => {
    await forget();
    await sql`INSERT INTO worker (id, kind, host, lanes, master_key_id, file_marker, secret_mark, seen_at)
      VALUES ('wrk_gone', 'worker', 'gone', '{scenarios}', 'x', 'x', 'x', now() - interval '4 minutes')`.execute(
      database,
    );
    const scenario = await create('print("here")');
    const { status, body } = await submit(scenario);
    expect(status).toBe(202);
    const { workspace_id } = await database
      .selectFrom('run')
      .where('id', '=', body.run_id)
      .select('workspace_id')
      .executeTakeFirstOrThrow();
    const endAll = () => tenantOf(database, workspace_id)(endUnattendedScenarios);
    await endAll();
    const find = async () => (await server.client.get<RunBody>(`/runs/${body.run_id}`)).body;
    expect((await find()).state).toBe('queued');
    await sql`UPDATE run SET created_at = created_at - interval '6 minutes' WHERE id = ${body.run_id}`.execute(
      database,
    );
    await endAll();
    expect(await find()).toMatchObject({ state: 'failed', error: { code: 'no_worker' } });
  });

  it('tells how it is doing, and nothing to who has no token', async () => {
    const worker = await start({ health: { host: '127.0.0.1', port: 0, metricsToken: 'a token' } });
    const get = (path: string, headers = {}) => fetch(`${worker.healthUrl}${path}`, { headers });
    expect(await (await get('/healthz')).json()).toMatchObject({
      status: 'ok',
      isDraining: false,
      lanes: { scenarios: { working: 0, atOnce: 4 } },
    });
    expect((await get('/readyz')).status).toBe(200);
    expect((await get('/metrics')).status).toBe(401);
    expect((await get('/elsewhere')).status).toBe(404);
    const metrics = await (await get('/metrics', { authorization: 'Bearer a token' })).text();
    expect(metrics).toContain('datamaker_worker_runs_limit{lane="scenarios"} 4\n');
  });

  describe('does not start', () => {
    const refused = (more: Partial<WorkerOptions>) =>
      startWorker(optionsOf(more)).then(
        () => 'it started',
        (error: Error & { code: string }) => error,
      );

    it('without the master key of the servers, or with another', async () => {
      const folder = temporaryFolder();
      onTestFinished(() => removeFolder(folder));
      expect(await refused({ dataDirectory: folder })).toMatchObject({
        code: 'no_master_key',
        message: expect.stringContaining('DATAMAKER_MASTER_KEY'),
      });
      expect(existsSync(join(folder, 'master-keys'))).toBe(false);
      expect(await refused({ dataDirectory: folder, masterKey: OTHER_KEY })).toMatchObject({
        code: 'other_master_key',
      });
      await server.client.post('/secrets', { name: 'TOKEN', value: 'a value' });
      const wrapped = await refused({ dataDirectory: folder, masterKey: OTHER_KEY });
      expect(wrapped).toMatchObject({ code: 'cannot_start', message: expect.stringContaining('which is not here') });
    });

    it('with another file store', async () => {
      const folder = temporaryFolder();
      onTestFinished(() => removeFolder(folder));
      const masterKey = readFileSync(join(server.dataDirectory, 'master-keys'), 'utf8').trim();
      expect(await refused({ dataDirectory: folder, masterKey })).toMatchObject({
        code: 'other_file_store',
        message: expect.stringContaining('DATAMAKER_S3_BUCKET'),
      });
    });

    it('with another secret, under which scripts that are done again would be other ones', async () => {
      const secret = join(server.dataDirectory, 'secret');
      const known = readFileSync(secret);
      onTestFinished(() => writeFileSync(secret, known));
      writeFileSync(secret, 'another\n');
      expect(await refused({})).toMatchObject({
        code: 'other_secret',
        message: expect.stringContaining('copy the file secret'),
      });
    });

    it('without a sandbox that holds, and never without one', async () => {
      expect(await refused({ sandbox: { python: '/nowhere/python3' } })).toMatchObject({
        code: 'sandbox_python_missing',
      });
      expect(await refused({ sandbox: { driver: 'none' } })).toMatchObject({ code: 'sandbox_not_allowed' });
    });

    it('on tables that are not those of its version, or of nobody', async () => {
      const { startExternalPostgres } = await import('./testing/external-postgres.ts');
      const postgres = await startExternalPostgres();
      onTestFinished(() => postgres.stop());
      expect(await refused({ databaseUrl: await postgres.createDatabase() })).toMatchObject({ code: 'no_tables' });
      const databaseUrl = await postgres.createStore();
      expect(await refused({ databaseUrl })).toMatchObject({ code: 'no_server' });
      const { connect } = await import('./store/open-store.ts');
      const store = connect({ url: databaseUrl }, () => undefined);
      onTestFinished(() => store.destroy());
      await sql`UPDATE kysely_migration SET name = '9999-later' WHERE name = '0020-workers'`.execute(store);
      expect(await refused({ databaseUrl })).toMatchObject({ code: 'older_schema' });
      await sql`INSERT INTO kysely_migration VALUES ('0020-workers', '2026-01-01')`.execute(store);
      expect(await refused({ databaseUrl })).toMatchObject({ code: 'newer_schema' });
    });
  });
});
