import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOn, type TestServer } from '../testing/servers.ts';

interface RunBody {
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly logs_url: string;
}

/** By the server's own sandbox, as it is opened where nothing is said. */
describe.skipIf(!existsSync('/usr/bin/bwrap'))('a scenario in the sandbox of the server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn('external', {});
  });
  afterAll(() => server?.close());

  const run = async (code: string, params: object = {}) => {
    const { body: made } = await server.client.post('/scenarios?force=true', { name: 'scenario', code });
    const { body } = await server.client.post<RunBody>(`/scenarios/${made.id}/run`, { params, wait: 'true' });
    return { run: body, log: body.logs_url === undefined ? '' : (await server.client.get(body.logs_url)).text };
  };

  it('finds its parameters and a folder to write to, and leaves nothing on the host', async () => {
    const code = [
      'import json, os',
      'print(json.loads(os.environ["DM_PARAMS"])["size"], os.getcwd())',
      'os.mkdir("made")',
      'open("made/rows.csv", "w").write("id\\n1\\n")',
      'print(open("made/rows.csv").read().split())',
    ].join('\n');
    const done = await run(code, { size: 500 });
    expect(done).toMatchObject({ run: { state: 'done', error: null }, log: "500 /workspace\n['id', '1']\n" });
    const [own = ''] = readdirSync(`${server.dataDirectory}/runs`);
    expect(readdirSync(`${server.dataDirectory}/runs/${own}`)).toEqual([]);
  });

  it('sees nothing of the server, its files, its processes and its network', async () => {
    const code = [
      'import os, socket',
      `print(os.path.exists(${JSON.stringify(server.dataDirectory)}))`,
      'print(len([name for name in os.listdir("/proc") if name.isdigit()]) < 8, os.getuid() != 0)',
      'for way in (lambda: open("/scenario/main.py", "a"), lambda: socket.create_connection(("127.0.0.1", ' +
        `${new URL(server.client.url).port}), 2)):`,
      '  try: way(); print("open")',
      '  except OSError as error: print("shut")',
    ].join('\n');
    const done = await run(code);
    expect(done).toMatchObject({ run: { state: 'done' }, log: 'False\nTrue True\nshut\nshut\n' });
  });

  it('fails with its traceback', async () => {
    const { run: failed, log } = await run('raise ValueError("no rows")');
    expect(failed).toMatchObject({ state: 'failed' });
    expect(failed.error?.message).toContain('ValueError: no rows');
    expect(log).toContain('main.py');
  });
});

it('a server whose sandbox does not hold refuses runs with the reason, and stores none', async () => {
  const server = await startOn('external', { sandbox: { python: '/nowhere/python3' } });
  try {
    const { body: made } = await server.client.post('/scenarios?force=true', { name: 'scenario', code: 'print(1)' });
    const refused = await server.client.post(`/scenarios/${made.id}/run`, {});
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain('/nowhere/python3 is not there');
    expect(JSON.stringify(refused.body)).toContain('no_sandbox');
    expect((await server.client.get(`/scenarios/${made.id}/runs`)).body).toMatchObject({ items: [] });
  } finally {
    await server.close();
  }
});
