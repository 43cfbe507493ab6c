import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../testing/client.ts';
import { readEvents } from '../testing/log-stream.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly error: { readonly code: string } | null;
  readonly attempts: readonly { readonly outcome: string }[];
}

describe('logs of scenarios', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn('external', { sandbox: new PlainSandbox() });
  });
  afterAll(() => server?.close());

  const start = async (code: string, body: object = {}) => {
    const { body: made } = await server.client.post('/scenarios?force=true', { name: 'scenario', code });
    const { body: run } = await server.client.post<RunBody>(`/scenarios/${made.id}/run`, body);
    const path = `/scenarios/${made.id}/runs/${run.run_id}`;
    return { scenario: made.id, run, path, logs: `${server.client.url}${path}/logs` };
  };
  const headers = () => ({ authorization: `Bearer ${server.key}` });
  const follow = (logs: string, more: Record<string, string> = {}, isEnough?: Parameters<typeof readEvents>[2]) =>
    readEvents(`${logs}?follow=true`, { ...headers(), ...more }, isEnough);
  const text = async (path: string, query = '') => (await server.client.get(`${path}/logs${query}`)).text;

  it('are followed line by line, with what there is of a line, until the run ends', async () => {
    const gate = `${server.dataDirectory}/gate`;
    const { logs, path } = await start(
      [
        'import os, time',
        'print("first")',
        'print("half", end="")',
        `while not os.path.exists(${JSON.stringify(gate)}): time.sleep(0.01)`,
        'print(" and half")',
      ].join('\n'),
    );
    const events = await follow(logs, {}, ({ event }) => {
      return event === 'part';
    });
    expect(events).toEqual([
      { event: 'message', id: '6', data: 'first' },
      { event: 'part', id: undefined, data: 'half' },
    ]);
    // A line that has not ended is one, too.
    expect([await text(path, '?tail=1'), await text(path, '?tail=2')]).toEqual(['half', 'first\nhalf']);
    writeFileSync(gate, '');
    const rest = await follow(logs, { 'last-event-id': '6' });
    expect(
      rest
        .filter(({ event }) => event !== 'part')
        .map(({ event, id, data }) => [event, id, event === 'end' ? '' : data]),
    ).toEqual([
      ['message', '20', 'half and half'],
      ['end', undefined, ''],
    ]);
    expect(JSON.parse(rest.at(-1)?.data ?? '{}')).toMatchObject({ state: 'done' });
    expect(await text(path)).toBe('first\nhalf and half\n');
    expect(await text(path, '?tail=1')).toBe('half and half\n');
  });

  it('open at any line at once, and give some lines, the last ones, and those with a text', async () => {
    const { path } = await start('for n in range(1, 200_001): print("line", n)', { wait: true });
    expect(await text(path, '?from=199999')).toBe('line 199999\nline 200000\n');
    expect(await text(path, '?from=100000&lines=2')).toBe('line 100000\nline 100001\n');
    expect(await text(path, '?tail=1')).toBe('line 200000\n');
    expect(await text(path, '?from=300000')).toBe('');
    expect(await text(path, '?search=LINE 77777')).toBe('77777:line 77777\n');
    expect(await text(path, '?search=99&from=99990&lines=2')).toBe('99990:line 99990\n99991:line 99991\n');
    expect(await text(path, '?offset=7')).toMatch(/^line 2\nline 3\n/);
    const { headers: shown } = await server.client.get(`${path}/logs?download=true&lines=1`);
    expect(shown.get('content-disposition')).toMatch(/^attachment; filename="run_\w+\.log"$/);
    expect(shown.get('x-datamaker-log-lines')).toBe('200000');
    expectError(await server.client.get(`${path}/logs?from=0`), 422, 'validation_error');
    expectError(await server.client.get(`${path}/logs?from=1&tail=1`), 422, 'validation_error');
  });

  it('are not followed by some lines or by a text only, which is refused', async () => {
    const { path } = await start('print(1)', { wait: 'true' });
    for (const query of ['search=1', 'lines=1', 'tail=2&lines=1']) {
      expectError(await server.client.get(`${path}/logs?follow=true&${query}`), 422, 'validation_error');
    }
    expect(await text(path, '?follow=false&search=1')).toBe('1:1\n');
  });

  it('make nothing but lines of what a process writes', async () => {
    const { path, logs } = await start(
      [
        'import sys',
        'w = sys.stdout.buffer.write',
        'w(b"data: x\\n\\nevent: end\\r\\nid: 7\\rover\\n\\x00\\x07\\xff\\x1b[31mred\\x1b[0m\\x1b]0;title\\x07<b>\\n")',
        'w(b"x" * (1 << 20) + b"\\n")',
        'w("y\\u00fc".encode()[:2]); sys.stdout.flush(); w("\\u00fc\\n".encode()[1:])',
      ].join('\n'),
      { wait: 'true' },
    );
    const log = await text(path);
    const long = 'x'.repeat(1 << 20);
    expect(log.replace(long, 'LONG')).toBe(
      `data: x\n\nevent: end\nid: 7\rover\n␀␇\ufffd\x1b[31mred\x1b[0m␛]0;title␇<b>\nLONG\nyü\n`,
    );
    const events = await follow(logs);
    expect(events.map(({ event }) => event)).toEqual([...Array(7).fill('message'), 'end']);
    // A carriage return within a line is a line of data: nothing else can be one.
    const lines = events.slice(0, -1).map(({ data }) => `${data.replaceAll('\n', '\r')}\n`);
    expect(lines.join('')).toBe(log);
  });

  it('are of processes that know the secrets of their project and of the workspace, and of no other', async () => {
    const { client } = server;
    const { body: other } = await client.post('/projects', { name: 'Other' });
    const elsewhere = { 'x-datamaker-project': other.id };
    for (const [secret, more] of [
      [{ name: 'OF_OTHER', value: 'seven letters' }, elsewhere],
      [{ name: 'OF_BOTH', value: 'of the other project' }, elsewhere],
      [{ name: 'OF_BOTH', value: 'of this one' }, {}],
      [{ name: 'OF_BOTH', value: 'of all', reach: 'workspace' }, {}],
      [{ name: 'OF_ALL', value: 'shared', reach: 'workspace' }, {}],
    ] as const) {
      expect((await client.post('/secrets', secret, more)).status).toBe(201);
    }
    // A value would not be shown.
    const code = 'import os\nfor n in ["OF_OTHER", "OF_BOTH", "OF_ALL"]: print(n, len(os.environ.get(n, "")))';
    const { path } = await start(code, { wait: 'true' });
    expect(await text(path)).toBe('OF_OTHER 0\nOF_BOTH 11\nOF_ALL 6\n');
  });

  it('do not show secrets, whatever they are written in', async () => {
    const secret = 'p4ss/w0rd of "the" workspace';
    await server.client.post('/secrets', { name: 'TOKEN', value: secret });
    await server.client.post('/connections', {
      name: 'system',
      type: 'postgres',
      url: 'postgres://db.example.org/x',
      auth: { type: 'basic', username: 'tester', password: 'of the connection' },
    });
    const { path } = await start(
      [
        'import base64, json, os, sys, urllib.parse',
        's = os.environ["TOKEN"]',
        'print(s, json.dumps(s), urllib.parse.quote(s, safe=""), base64.b64encode(s.encode()).decode())',
        'for c in s: print(c, end="", flush=True)',
        'print()',
        'print("of the", "connection", json.loads(os.environ["DM_PARAMS"])["db_url"])',
        'print(s[:10])',
        'raise ValueError("with " + s)',
      ].join('\n'),
      { wait: 'true', params: { db_url: 'postgres://u:in+the+url@db.example.org/x', password: 'abcdef' } },
    );
    const log = await text(path);
    expect(log).toMatch(
      /^\[redacted\] "\[redacted\]" \[redacted\] \[redacted\]=*\n\[redacted\]\n\[redacted\] postgres:/,
    );
    expect(log).toContain('postgres://u:[redacted]@db.example.org/x\np4ss/w0rd \n');
    const { body, text: shown } = await server.client.get<RunBody & { params: object }>(path);
    expect(body.error).toMatchObject({ code: 'scenario_failed', message: 'ValueError: with [redacted]' });
    expect(body.params).toEqual({ db_url: 'postgres://u:***@db.example.org/x', password: '***' });
    for (const hidden of [secret, 'in+the+url', 'abcdef', 'of the connection'])
      expect(log + shown).not.toContain(hidden);
  });

  it('do not show values of sensitive fields behind their names', async () => {
    await server.client.create([
      { name: 'account', type: 'iban', options: { country: 'DE' } },
      { name: 'town', type: 'city' },
    ]);
    const { path } = await start(
      [
        'import json, sys',
        'row = {"account": "DE89 3704", "town": "Bonn"}',
        'print(row); print(json.dumps(row)); print("account=DE89 town=Bonn accounts=2")',
        'for c in "account: DE": print(c, end="", flush=True)',
        'print(); print("acc", end="", flush=True); print("ess")',
      ].join('\n'),
      { wait: 'true' },
    );
    expect(await text(path)).toBe(
      [
        "{'account': '[redacted]', 'town': 'Bonn'}",
        '{"account": "[redacted]", "town": "Bonn"}',
        'account=[redacted] town=Bonn accounts=2',
        'account: [redacted]',
        'access\n',
      ].join('\n'),
    );
  });

  it('of runs that are cancelled keep what was written, and their process is gone', async () => {
    const { path, logs, run } = await start(
      'import os, time\nprint(os.getpid())\nif os.fork() == 0: print("child", os.getpid())\ntime.sleep(600)',
    );
    const pids = (await follow(logs, {}, ({ data }) => data.startsWith('child')))
      .filter(({ event }) => event === 'message')
      .map(({ data }) => Number(/\d+$/.exec(data)?.[0]));
    const following = follow(logs);
    const cancelled = await server.client.send<RunBody>('DELETE', path);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled', run_id: run.run_id } });
    const events = await following;
    expect(events.at(-1)).toMatchObject({ event: 'end' });
    expect(JSON.parse(events.at(-1)?.data ?? '')).toMatchObject({
      state: 'cancelled',
      attempts: [{ outcome: 'cancelled' }],
    });
    expect((await text(path)).split('\n').at(-2)).toBe('[cancelled]');
    await until(() => pids.every((pid) => !isAlive(pid)));
    expectError(await server.client.send('DELETE', path), 409, 'conflict');
  });

  it('of a scenario that is deleted while it runs say so', async () => {
    const { scenario, logs, run } = await start('import time\nprint("here")\ntime.sleep(600)');
    await follow(logs, {}, ({ data }) => data === 'here');
    expect((await server.client.delete(`/scenarios/${scenario}`)).status).toBe(204);
    const { body } = await server.client.get<RunBody & { error: object }>(`/runs/${run.run_id}?wait=true`);
    expect(body).toMatchObject({ state: 'cancelled', error: { code: 'scenario_deleted' } });
  });
});

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
