import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { expectError, type ListBody } from '../testing/client.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

interface ScenarioBody {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly code: string;
  readonly requirements: readonly string[];
  readonly problem: { readonly line: number; readonly column: number } | null;
}
interface ScheduleBody {
  readonly id: string;
  readonly next_at: string | null;
  readonly next_times: readonly string[];
}
interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly scenario_version: number;
  readonly params: object;
  readonly exit_code: number | null;
  readonly attempts: readonly { readonly outcome: string | null }[];
  readonly error: { readonly code: string; readonly message: string } | null;
}

describe.each(STORES)('scenarios (%s store)', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn(kind, { sandbox: new PlainSandbox() });
  });
  afterAll(() => server?.close());

  const create = async (code: string, more: object = {}): Promise<string> => {
    const body = { name: 'scenario', code, ...more };
    const { status, body: made } = await server.client.post<ScenarioBody>('/scenarios?force=true', body);
    expect({ status, made }).toMatchObject({ status: 201 });
    return made.id;
  };
  const run = async (code: string, body: object = {}, more: object = {}) => {
    const id = await create(code, more);
    const answer = await server.client.post<RunBody>(`/scenarios/${id}/run`, { wait: 'true', ...body });
    expect(answer.status).toBe(200);
    const { text } = await server.client.get(`/scenarios/${id}/runs/${answer.body.run_id}/logs`);
    return { id, run: answer.body, log: text };
  };

  it('are created, run with parameters, and leave their log', async () => {
    const code = [
      'import json, os, sys',
      'params = json.loads(os.environ["DM_PARAMS"])',
      'print("✓ seeded", params["size"])',
      'print(os.getcwd() == os.environ["HOME"], sys.flags.no_user_site, file=sys.stderr)',
      'print(sorted(n for n in os.environ if n.startswith("DM_")))',
    ].join('\n');
    const { id, run: done, log } = await run(code, { params: { environment: 'regression', size: '500' } });
    expect(done).toMatchObject({
      state: 'done',
      scenario_version: 1,
      params: { environment: 'regression', size: '500' },
      exit_code: 0,
      attempts: [{ outcome: 'done' }],
      error: null,
    });
    expect(log.split('\n').toSorted()).toEqual(
      [
        '✓ seeded 500',
        'True 1',
        "['DM_ATTEMPT', 'DM_BROKER_SOCKET', 'DM_PARAMS', 'DM_PROJECT_ID', 'DM_RUN_ID', 'DM_RUN_TOKEN', 'DM_SCENARIO_ID', 'DM_SEED', 'DM_TEAM_ID', 'DM_TIMEOUT_SECONDS']",
        '',
      ].toSorted(),
    );
    const { body } = await server.client.get<ListBody<RunBody>>(`/scenarios/${id}/runs`);
    expect(body).toMatchObject({ total: 1, items: [{ run_id: done.run_id }] });
  });

  it.each([
    ['print("x")\nraise ValueError("no such table")', 'failed', 'scenario_failed', 'ValueError: no such table'],
    ['import sys\nsys.exit(3)', 'failed', 'scenario_failed', 'the script exited with code 3'],
    ['import os\nos._exit(7)', 'failed', 'scenario_failed', 'the script exited with code 7'],
    [
      'import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)',
      'failed',
      'scenario_failed',
      'the script was ended by SIGSEGV',
    ],
    ['x = bytearray(10 << 30)', 'failed', 'worker_oom', 'it needed more memory than a run may have'],
    ['print(', 'failed', 'scenario_failed', "SyntaxError: '(' was never closed"],
    ['while True: pass', 'timeout', 'timeout', 'it took longer than 1 seconds'],
  ])('that end badly say why: %s', async (code, state, error, message) => {
    const { run: ended } = await run(code, { timeout_seconds: state === 'timeout' ? 1 : 60 });
    expect(ended).toMatchObject({ state, error: { code: error, message }, attempts: [{ outcome: state }] });
  });

  it('with an error of syntax are refused with its place, and saved when somebody insists', async () => {
    const code = 'a = 1\nb = (2\nc = 3\n';
    const refused = await server.client.post('/scenarios', { name: 'wrong', code });
    const [diagnostic] = expectError(refused, 422, 'validation_error');
    expect(diagnostic).toMatchObject({
      code: 'syntax_error',
      pointer: '/code',
      message: "line 2, column 5: '(' was never closed",
    });
    const forced = await server.client.post<ScenarioBody>('/scenarios?force=true', { name: 'wrong', code });
    expect(forced).toMatchObject({ status: 201, body: { problem: { line: 2, column: 5 } } });
  });

  it('have versions: replaced, compared by tag, rolled back', async () => {
    const id = await create('print(1)');
    const path = `/scenarios/${id}`;
    const replaced = await server.client.send<ScenarioBody>('PUT', path, { code: 'print(2)' });
    expect(replaced).toMatchObject({ status: 200, body: { version: 2, name: 'scenario', code: 'print(2)' } });
    // The same code is no version.
    const same = await server.client.send<ScenarioBody>('PUT', path, { code: 'print(2)' });
    expect(same.body.version).toBe(2);
    const tag = { 'if-match': `"${id}@v1"` };
    expectError(await server.client.send('PUT', path, { code: 'print(3)' }, tag), 412, 'version_conflict');
    expect((await server.client.get(path, { 'if-none-match': `"${id}@v2"` })).status).toBe(304);
    expect((await server.client.get(`${path}@v1/code`)).text).toBe('print(1)');
    const back = await server.client.post<ScenarioBody>(`${path}/rollback`, { version: 1 });
    expect(back.body).toMatchObject({ version: 3, code: 'print(1)' });
    const { body: versions } = await server.client.get<ListBody<{ version: number }>>(`${path}/versions`);
    expect(versions.items.map(({ version }) => version)).toEqual([3, 2, 1]);
    const old = await server.client.post<RunBody>(`${path}@v2/run`, { wait: true });
    expect(old.body).toMatchObject({ scenario_version: 2, state: 'done' });
    expect((await server.client.get(`${path}/runs/${old.body.run_id}/logs`)).text).toBe('2\n');
  });

  it('are deleted, listed as such, and restored', async () => {
    const id = await create('print(1)');
    expect((await server.client.delete(`/scenarios/${id}`)).status).toBe(204);
    expectError(await server.client.get(`/scenarios/${id}`), 404, 'not_found');
    expectError(await server.client.post(`/scenarios/${id}/run`), 404, 'not_found');
    const { body } = await server.client.get<ListBody<{ id: string }>>('/scenarios/deleted');
    expect(body.items[0]).toMatchObject({ id });
    expect((await server.client.post(`/scenarios/${id}/restore`)).status).toBe(200);
    expect((await server.client.get<ScenarioBody>(`/scenarios/${id}`)).body.code).toBe('print(1)');
  });

  it('run once for an Idempotency-Key, whoever waits for it', async () => {
    const id = await create('print(1)');
    const key = { 'idempotency-key': 'once' };
    const first = await server.client.post<RunBody>(`/scenarios/${id}/run`, { wait: 'true' }, key);
    const again = await server.client.post<RunBody>(`/scenarios/${id}/run`, { wait: 'true' }, key);
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await server.client.get<ListBody<RunBody>>(`/scenarios/${id}/runs`)).body.total).toBe(1);
  });

  it('take words and booleans for wait, and refuse what is neither', async () => {
    const id = await create('import time\ntime.sleep(0.2)');
    for (const wait of ['false', false, undefined]) {
      const { status, body } = await server.client.post<RunBody>(`/scenarios/${id}/run`, { wait });
      expect({ status, state: body.state }).toEqual({ status: 202, state: expect.stringMatching(/queued|running/) });
    }
    for (const wait of ['true', true]) {
      expect((await server.client.post<RunBody>(`/scenarios/${id}/run`, { wait })).status).toBe(200);
    }
    expectError(await server.client.post(`/scenarios/${id}/run`, { wait: 'maybe' }), 422, 'validation_error');
    expectError(await server.client.post(`/scenarios/${id}/run`, { params: [] }), 422, 'validation_error');
    expectError(await server.client.post(`/scenarios/${id}/run`, { param: {} }), 422, 'validation_error');
  });

  it('run once for each row of a set, or for one of them', async () => {
    await server.client.post('/sets', { name: 'places', rows: [{ country: 'DE' }, { country: 'FR', size: 5 }] });
    const id = await create('import os\nprint(os.environ["DM_PARAMS"])');
    const body = { set: { name: 'places' }, params: { size: 1, environment: 'dev' } };
    const { status, body: made } = await server.client.post<ListBody<RunBody>>(`/scenarios/${id}/runs`, body);
    expect({ status, total: made.total }).toEqual({ status: 202, total: 2 });
    const logs: unknown[] = [];
    for (const { run_id } of made.items) {
      await server.client.get(`/runs/${run_id}?wait=true`);
      logs.push(JSON.parse((await server.client.get(`/scenarios/${id}/runs/${run_id}/logs`)).text));
    }
    expect(logs).toEqual([
      { size: 1, environment: 'dev', country: 'DE' },
      { size: 5, environment: 'dev', country: 'FR' },
    ]);
    const one = await server.client.post<ListBody<RunBody>>(`/scenarios/${id}/runs`, {
      set: { name: 'places', row: 1 },
    });
    expect(one.body.items).toMatchObject([
      { params: { country: 'FR', size: 5 }, origin: { set: { name: 'places', version: 1, row: 1 } } },
    ]);
    expectError(
      await server.client.post(`/scenarios/${id}/runs`, { set: { name: 'places', row: 2 } }),
      422,
      'validation_error',
    );
    expectError(await server.client.post(`/scenarios/${id}/runs`, { set: { name: 'nowhere' } }), 404, 'not_found');
    const { body: other } = await server.client.post('/projects', { name: 'other' });
    const there = { 'x-datamaker-project': other.id };
    await server.client.post('/sets', { name: 'of others', rows: [{ a: 1 }] }, there);
    expectError(await server.client.post(`/scenarios/${id}/runs`, { set: { name: 'of others' } }), 404, 'not_found');
  });

  it('are exported with their code, as an archive and as JSON', async () => {
    const id = await create('print("exported")', { name: 'Größe & Länder' });
    const { body } = await server.client.get<{ scenarios: { id: string; file: string; code: string }[] }>(
      '/scenarios/export?format=json',
    );
    const mine = body.scenarios.find((one) => one.id === id);
    expect(mine).toMatchObject({ code: 'print("exported")', file: 'gro_e_la_nder.py' });
    const response = await fetch(`${server.client.url}/scenarios/export`, {
      headers: { authorization: `Bearer ${server.key}` },
    });
    expect(response.headers.get('content-type')).toBe('application/zip');
    const zip = await unzip(Buffer.from(await response.arrayBuffer()));
    const index = JSON.parse(zip.get('scenarios.json') ?? '') as { scenarios: { id: string; file: string }[] };
    expect(index.scenarios.map((one) => one.id)).toEqual(body.scenarios.map((one) => one.id));
    expect(zip.get(index.scenarios.find((one) => one.id === id)?.file ?? '')).toBe('print("exported")');
  });

  it('are exported as the same bytes while they stay as they are, without a time of anything but themselves', async () => {
    const id = await create('print("steady")', { name: 'steady' });
    const archive = async (): Promise<Buffer> => {
      const headers = { authorization: `Bearer ${server.key}` };
      const response = await fetch(`${server.client.url}/scenarios/export`, { headers });
      return Buffer.from(await response.arrayBuffer());
    };
    const before = await archive();
    await server.client.post<RunBody>(`/scenarios/${id}/run`, { wait: true });
    await server.client.send('PUT', `/scenarios/${id}`, { code: 'print("steady")' });
    expect((await archive()).equals(before)).toBe(true);
    // Field 0x5455 ("UT") would say when, by a clock with a time zone.
    expect(before.includes(Buffer.from('UT\x05\0'))).toBe(false);
    await server.client.send('PUT', `/scenarios/${id}`, { code: 'print("changed")' });
    expect((await archive()).equals(before)).toBe(false);
  });

  it('move to another project with their versions, schedules, runs and logs, unless they run', async () => {
    const { body: other } = await server.client.post<{ id: string }>('/projects', { name: 'there' });
    const there = { 'x-datamaker-project': other.id };
    const { id, run: done } = await run('print("moved")');
    await server.client.post(`/scenarios/${id}/schedules`, { cron: '0 0 1 1 *' });
    const busy = await create('import time\ntime.sleep(60)');
    const { body: going } = await server.client.post<RunBody>(`/scenarios/${busy}/run`, {});
    const refused = await server.client.post('/scenarios/move', { scenarios: [id, busy], projectId: other.id });
    expect(expectError(refused, 409, 'conflict')).toMatchObject([
      { code: 'run_has_not_ended', pointer: '/scenarios/1' },
    ]);
    expect((await server.client.get(`/scenarios/${id}`)).status).toBe(200);
    await server.client.delete(`/scenarios/${busy}/runs/${going.run_id}`);
    const moved = await server.client.post('/scenarios/move', { scenarios: [id, busy], projectId: other.id });
    expect(moved.status).toBe(204);
    expectError(await server.client.get(`/scenarios/${id}`), 404, 'not_found');
    expectError(await server.client.get(`/runs/${done.run_id}`), 404, 'not_found');
    const path = `/scenarios/${id}`;
    expect((await server.client.get<ScenarioBody>(path, there)).body).toMatchObject({ code: 'print("moved")' });
    expect((await server.client.get<ListBody<object>>(`${path}/schedules`, there)).body.total).toBe(1);
    expect((await server.client.get<ListBody<RunBody>>(`${path}/runs`, there)).body.total).toBe(1);
    expect((await server.client.get(`${path}/runs/${done.run_id}/logs`, there)).text).toBe('moved\n');
    const again = await server.client.post<RunBody>(`${path}/run`, { wait: true }, there);
    expect(again.body).toMatchObject({ state: 'done' });
  });

  it('run by themselves when their time has come, once', async () => {
    const id = await create('import os\nprint(os.environ["DM_PARAMS"])');
    const path = `/scenarios/${id}/schedules`;
    const { status, body: made } = await server.client.post<ScheduleBody>(path, {
      cron: '0 6 * * *',
      time_zone: 'Europe/Berlin',
      params: { environment: 'nightly' },
    });
    expect(status).toBe(201);
    expect(made.next_times).toHaveLength(5);
    expect(made.next_times[0]).toBe(made.next_at);
    expectError(await server.client.post(path, { cron: 'often' }), 422, 'validation_error');
    const database = await server.openDatabase();
    // As if it were so late: the notice and the time of the schedule.
    await sql`UPDATE scenario_schedule SET next_at = now() - interval '1 hour' WHERE id = ${made.id}`.execute(database);
    await sql`UPDATE datamaker_queue.job SET start_after = now() WHERE name = 'schedules'`.execute(database);
    await database.destroy();
    const runs = async () => (await server.client.get<ListBody<RunBody>>(`/scenarios/${id}/runs`)).body;
    await until(async () => (await runs()).items[0]?.state === 'done');
    expect(await runs()).toMatchObject({
      total: 1,
      items: [{ params: { environment: 'nightly' }, origin: { schedule_id: made.id } }],
    });
    const { body: list } = await server.client.get<ListBody<ScheduleBody>>(path);
    expect(list.items[0]).toMatchObject({ next_at: made.next_at, last_run_id: (await runs()).items[0]?.run_id });
    const paused = await server.client.send<ScheduleBody>('PATCH', `${path}/${made.id}`, { paused: true });
    expect(paused.body).toMatchObject({ paused: true, next_at: null, next_times: [], cron: '0 6 * * *' });
    expect((await server.client.delete(`${path}/${made.id}`)).status).toBe(204);
    expectError(await server.client.delete(`${path}/${made.id}`), 404, 'not_found');
  });
});

/** Names and texts of an archive. */
function unzip(archive: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(archive, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const found = new Map<string, string>();
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, async (_, stream) => {
          found.set(entry.fileName, await text(stream));
          zip.readEntry();
        });
      });
      zip.once('end', () => resolve(found));
      zip.readEntry();
    });
  });
}
