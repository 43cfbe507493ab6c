import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANS } from '../services/limits/plans.ts';
import { expectError } from '../testing/client.ts';
import { readEvents } from '../testing/log-stream.ts';
import { processesOfRuns } from '../testing/processes-of-runs.ts';
import { keepHistory, type RunHistory } from '../testing/run-history.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const MIB = 1024 * 1024;
/** What one run is given by the plan. */
const LINES = 20_000;
const MEMORY = 256 * MIB;
const OPEN_RUNS = 12;
const RACES = tries(6, 200);

/** Pages of a process that reads a lot come and go. */
const MOST_GROWTH = 256 * MIB;

describe.skipIf(!existsSync('/usr/bin/bwrap'))('scenarios that misbehave, in the sandbox', () => {
  let server: TestServer;
  let history: RunHistory;
  let forget: () => Promise<void>;
  beforeAll(async () => {
    const own = { ...PLANS['self-hosted'], openRuns: OPEN_RUNS, scenarioSeconds: 60, scenarioMemoryBytes: MEMORY };
    const plans = { ...PLANS, 'self-hosted': { ...own, logLines: LINES } };
    server = await startOn('external', { plans, runs: { scenarioWorkers: 2 } });
    const database = await server.openDatabase();
    history = await keepHistory(database);
    forget = () => database.destroy();
    // The sandbox is made and tried.
    await run('print("here")');
  });
  afterAll(async () => {
    await forget?.();
    await server?.close();
  });

  const submit = async (code: string, body: object = {}) => {
    const { body: made } = await server.client.post('/scenarios?force=true', { name: 'scenario', code });
    const answer = await server.client.post<RunBody>(`/scenarios/${made.id}/run`, body);
    const path = `/scenarios/${made.id}/runs/${answer.body.run_id}`;
    return { ...answer, scenario: made.id, path, logs: `${server.client.url}${path}/logs` };
  };
  const run = async (code: string, body: object = {}) => {
    const submitted = await submit(code, { wait: 'true', ...body });
    const log = await server.client.get(`${submitted.path}/logs`);
    return { ...submitted, log: log.text, headers: log.headers };
  };

  it.each([
    ['an endless loop', 'while True: pass', 'timeout', 'timeout', 2],
    ['waiting for ever', 'import time\nwhile True: time.sleep(1)', 'timeout', 'timeout', 2],
    [
      'ignoring to be told to stop',
      'import signal\nfor n in range(1, 32):\n  try: signal.signal(n, signal.SIG_IGN)\n  except OSError: pass\nwhile True: pass',
      'timeout',
      'timeout',
      2,
    ],
    [
      'a fork bomb',
      'import os\nwhile True:\n  try: os.fork()\n  except OSError: pass',
      'failed',
      'too_many_processes',
      60,
    ],
    ['10 GB at once', 'x = bytearray(10 << 30)', 'failed', 'worker_oom', 60],
    ['10 GB bit by bit', 'x = []\nwhile True: x.append(bytearray(b"x" * (1 << 20)))', 'failed', 'worker_oom', 60],
    ['an exit without a word', 'import os\nos._exit(7)', 'failed', 'scenario_failed', 60],
    ['a crash', 'import ctypes\nctypes.string_at(0)', 'failed', 'scenario_failed', 60],
    ['a full disk', 'f = open("/tmp/x", "wb")\nwhile True: f.write(b"x" * (1 << 20))', 'failed', 'disk_full', 60],
    ['a file that is too large', 'open("x", "wb").truncate(1 << 40)', 'failed', 'disk_full', 60],
    ['deep recursion', 'import sys\nsys.setrecursionlimit(1 << 30)\nf = lambda n: f(n + 1)\nf(0)', 'failed', '', 60],
  ])('%s has a name, and nothing is left', async (_, code, state, error, seconds) => {
    const { body, path } = await run(code, { timeout_seconds: seconds });
    expect(body).toMatchObject({ state, error: { code: error === '' ? expect.any(String) : error } });
    expect(await history.endings(body.run_id)).toEqual([state]);
    await until(() => processesOfRuns([body.run_id]).length === 0);
    expect((await server.client.get<RunBody>(path)).body.state).toBe(state);
  });

  it('endless output is cut where the plan says so, and costs the server no memory', async () => {
    const before = process.memoryUsage().rss;
    let most = 0;
    const looking = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 100);
    const code = 'import sys\nline = "x" * 10_000 + "\\n"\nwhile True: sys.stdout.write(line)';
    const { body, log, headers } = await run(code, { timeout_seconds: 5 });
    clearInterval(looking);
    expect(body).toMatchObject({ state: 'timeout', error: { code: 'timeout' } });
    expect(Number(headers.get('x-datamaker-log-lines'))).toBeLessThanOrEqual(LINES + 1);
    if (Number(headers.get('x-datamaker-log-dropped-bytes')) > 0) {
      expect(log.endsWith('[the log is full: what follows is not kept]\n')).toBe(true);
    }
    // The log itself was just read, as a text.
    expect(most - before).toBeLessThan(MOST_GROWTH);
  });

  it('lines that never end are cut, and what is no text is shown as such', async () => {
    const code = [
      'import os, sys',
      'os.write(1, bytes(range(256)) * 4096)',
      'os.write(1, b"\\n" + b"y" * (3 << 20))',
    ].join('\n');
    const { body, log } = await run(code);
    expect(body).toMatchObject({ state: 'done', error: null });
    expect(Math.max(...log.split('\n').map((line) => line.length))).toBeLessThanOrEqual(MIB);
    expect(log.replaceAll(/[^y]/g, '').length - (256 * 4096) / 256).toBe(3 * MIB);
    expect(log).not.toContain('\0');
  });

  it('children in the background do not keep a run, nor outlive it', async () => {
    const code = [
      'import os, sys, time',
      'for _ in range(3):',
      '  if os.fork() == 0:',
      '    os.setsid()',
      '    if os.fork() == 0:',
      '      while True: time.sleep(1); print("still here", flush=True)',
      '    os._exit(0)',
      'print("end")',
    ].join('\n');
    const { body, log } = await run(code);
    expect(body).toMatchObject({ state: 'done' });
    expect(log).toBe('end\n');
    await until(() => processesOfRuns([body.run_id]).length === 0);
  });

  it('a scenario that is deleted while it runs is cancelled, with all that it has begun', async () => {
    const code =
      'import os, time\nif os.fork() == 0:\n  os.setsid()\n  time.sleep(600)\nprint("here", flush=True)\ntime.sleep(600)';
    const { scenario, logs, body } = await submit(code);
    await readEvents(`${logs}?follow=true`, { authorization: `Bearer ${server.key}` }, ({ data }) => data === 'here');
    expect((await server.client.delete(`/scenarios/${scenario}`)).status).toBe(204);
    const { body: ended } = await server.client.get<RunBody>(`/runs/${body.run_id}?wait=true`);
    expect(ended).toMatchObject({ state: 'cancelled', error: { code: 'scenario_deleted' } });
    await until(() => processesOfRuns([body.run_id]).length === 0);
  });

  it('cancelling one that is about to end ends it once', async () => {
    const { body: made } = await server.client.post('/scenarios', {
      name: 'scenario',
      code: 'import os, time\nif os.fork() == 0:\n  os.setsid()\n  time.sleep(600)\ntime.sleep(0.1)',
    });
    const seen = new Set<string>();
    for (let race = 0; race < RACES; race++) {
      const { body } = await server.client.post<RunBody>(`/scenarios/${made.id}/run`, {});
      const path = `/scenarios/${made.id}/runs/${body.run_id}`;
      // From before it begins, the first one for sure, to when it has ended.
      await new Promise((resolve) => setTimeout(resolve, (800 * race) / RACES));
      const answer = await server.client.send<RunBody>('DELETE', path);
      const { body: ended } = await server.client.get<RunBody>(`${path}?wait=true`);
      expect(ended.state).toBe(answer.status === 200 ? 'cancelled' : 'done');
      if (answer.status !== 200) expectError(answer, 409, 'conflict');
      expect(await history.endings(body.run_id)).toEqual([ended.state]);
      await until(() => processesOfRuns([body.run_id]).length === 0);
      seen.add(ended.state);
    }
    expect(seen.has('cancelled')).toBe(true);
  });

  it('no more than the plan gives are open at once, of one run the time and the memory are those of the plan', async () => {
    const code = 'import time\ntime.sleep(600)';
    const { body: made } = await server.client.post('/scenarios', { name: 'scenario', code });
    const submitted = () => server.client.post<RunBody>(`/scenarios/${made.id}/run`, { timeout_seconds: 3600 });
    const answers = await Promise.all(Array.from({ length: OPEN_RUNS + 4 }, submitted));
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(OPEN_RUNS);
    for (const answer of answers.filter(({ status }) => status !== 202)) expectError(answer, 429, 'too_many_runs');
    const database = await server.openDatabase();
    const { recipe } = await database
      .selectFrom('run')
      .where('id', '=', taken[0]?.body.run_id ?? '')
      .select('recipe')
      .executeTakeFirstOrThrow();
    await database.destroy();
    expect(recipe).toMatchObject({ timeoutSeconds: 60, memoryBytes: MEMORY });
    for (const { body } of taken) await server.client.send('DELETE', `/scenarios/${made.id}/runs/${body.run_id}`);
  });
});

describe('scenarios without a sandbox', () => {
  it('say so in their log, and run where one person is alone with the server only', async () => {
    const server = await startOn('external', { sandbox: { driver: 'none' } });
    try {
      const { body: made } = await server.client.post('/scenarios', { name: 'scenario', code: 'print("here")' });
      const run = () => server.client.post<RunBody>(`/scenarios/${made.id}/run`, { wait: 'true' });
      const { body } = await run();
      expect(body.state).toBe('done');
      const { text } = await server.client.get(`/scenarios/${made.id}/runs/${body.run_id}/logs`);
      expect(text).toMatch(/^\[Scenarios run without a sandbox: .*\]\nhere\n$/);
      const database = await server.openDatabase();
      await database.insertInto('workspace').values({ id: 'ws_00000000000000000001', name: 'another' }).execute();
      await database.destroy();
      const refused = await run();
      expect(expectError(refused, 409, 'conflict')[0]).toMatchObject({
        code: 'no_sandbox',
        message: expect.stringContaining('there are 2 workspaces'),
      });
    } finally {
      await server.close();
    }
  });
});
