import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATAMAKER, type Ended, execute, temporaryFolder } from '../testing/run-datamaker.ts';
import { type ScenarioServer, startScenarioServer } from '../testing/scenario-server.ts';

let server: ScenarioServer;
beforeAll(async () => {
  server = await startScenarioServer();
});
afterAll(() => server?.close());

/** Somebody with a home of their own. */
function person(variables: Readonly<Record<string, string>> = {}) {
  const home = temporaryFolder();
  const file = join(home, '.config/datamaker/credentials.json');
  const words = ['env', '-u', 'XDG_CONFIG_HOME', `HOME=${home}`];
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return {
    home,
    file,
    run: (line: readonly string[], input = ''): Promise<Ended> =>
      execute([...words, ...settings, ...DATAMAKER, ...line], { cwd: home, input }),
    kept: () => JSON.parse(readFileSync(file, 'utf8')) as { current: string; servers: object },
  };
}

/** What a terminal shows when somebody types at what is asked; `script` (Debian: bsdutils) provides the terminal. */
const onTerminal = (command: string, typed: string, cwd: string): Promise<Ended> =>
  execute(['script', '-qec', command, '/dev/null'], { cwd, input: typed });

describe('datamaker login', () => {
  it('keeps a key from stdin that the server knows, for its owner only', async () => {
    const { run, file, kept } = person();
    const { code, stderr, stdout } = await run(['login', '--server', `${server.url}/`], `${server.key}\n`);
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(`${server.url} knows you as `);
    expect(stderr).not.toContain(server.key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    expect(kept()).toEqual({ version: 1, current: server.url, servers: { [server.url]: { key: server.key } } });
    // Now commands ask it, without a flag or a variable.
    expect(await run(['runs', 'list', '--json'])).toMatchObject({ code: 0, stdout: Buffer.from('[]\n') });
    expect(await run(['logout'])).toMatchObject({ code: 0, stderr: expect.stringContaining('is forgotten') });
    expect(kept()).toEqual({ version: 1, current: null, servers: {} });
    expect(await run(['runs', 'list'])).toMatchObject({ code: 2, stderr: expect.stringContaining('datamaker login') });
    expect(await run(['logout'])).toMatchObject({ code: 2, stderr: expect.stringContaining('not_logged_in') });
  });

  it('keeps nothing that the server does not know, and nothing that is no key', async () => {
    const { run, file } = person();
    const login = ['login', '--server', server.url];
    expect(await run(login, 'dmk_wrong')).toMatchObject({ code: 2, stderr: expect.stringContaining('unauthorized') });
    expect(await run(login, '')).toMatchObject({ code: 2, stderr: expect.stringContaining('missing_key') });
    expect(await run(login, 'a b')).toMatchObject({ code: 2, stderr: expect.stringContaining('invalid_key') });
    expect(await run(login, 'x'.repeat(100_000))).toMatchObject({ code: 2 });
    expect(await run([...login, '--project', 'proj_8d3kq0vx2m5ra7cz4n1w'], server.key)).toMatchObject({ code: 2 });
    expect(existsSync(file)).toBe(false);
  });

  it('asks on a terminal, where the key does not appear', async () => {
    const { home, kept } = person();
    const words = DATAMAKER.map((word) => `'${word}'`).join(' ');
    const command = `env -u XDG_CONFIG_HOME HOME=${home} ${words} login --server ${server.url}`;
    const { stdout } = await onTerminal(command, `${server.key}\r`, home);
    expect(stdout.toString()).toContain(`Key for ${server.url}: `);
    expect(stdout.toString()).toContain('knows you as');
    expect(stdout.toString()).not.toContain(server.key);
    expect(kept().current).toBe(server.url);
  });

  it('refuses keys that others may read, and files that are none', async () => {
    const { run, file } = person();
    await run(['login', '--server', server.url], server.key);
    chmodSync(file, 0o644);
    expect(await run(['runs', 'list'])).toMatchObject({ code: 2, stderr: expect.stringContaining('credentials_exposed') });
    chmodSync(file, 0o600);
    for (const text of ['', '{}', '[]', 'null', '{"version":1,"servers":{"x":{"key":5}}}', '{"version":1,"servers":[null]}']) {
      writeFileSync(file, text);
      expect(await run(['runs', 'list'])).toMatchObject({ code: 2, stderr: expect.stringContaining('invalid_credentials') });
    }
  });
});

describe('which server is asked', () => {
  it('is what a flag, a variable, datamaker.json and the last login say, in this order', async () => {
    const { run, home } = person();
    await run(['login', '--server', server.url], server.key);
    const away = 'http://127.0.0.1:1';
    const asked = async (line: readonly string[] = []): Promise<string> => (await run(['runs', 'list', ...line])).stderr;
    expect(await asked()).toBe('there are no such runs\n');
    // A kept key goes to its own server only.
    expect(await asked(['--server', away])).toContain(`there is no key for ${away}`);
    expect(await run(['init', '--server', away])).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(home, 'datamaker.json'), 'utf8'))).toEqual({ server: away });
    expect(await asked()).toContain(`there is no key for ${away}`);
    expect(await asked(['--server', server.url])).toBe('there are no such runs\n');
    expect(await run(['init', '--server', server.url])).toMatchObject({ code: 2, stderr: expect.stringContaining('file_exists') });
    expect(await run(['init', '--force', '--server', server.url, '--project', 'proj_none'])).toMatchObject({ code: 0 });
    expect(await asked()).toMatch(/^error: \w+/);
    expect(await run(['init', '--force'])).toMatchObject({ code: 0 });
    expect(await asked()).toBe('there are no such runs\n');
    writeFileSync(join(home, 'datamaker.json'), '{"server": 5}');
    expect(await asked()).toContain('invalid_project_file');
  });

  it('gets no key of a variable because a file names it', async () => {
    const { run, home } = person({ DM_API_KEY: server.key });
    writeFileSync(join(home, 'datamaker.json'), JSON.stringify({ server: server.url }));
    expect(await run(['runs', 'list'])).toMatchObject({ code: 2, stderr: expect.stringContaining('unconfirmed_server') });
    expect(await run(['runs', 'list', '--server', server.url])).toMatchObject({ code: 0 });
    await run(['login', '--server', server.url], server.key);
    expect(await run(['runs', 'list'])).toMatchObject({ code: 0 });
  });

  it('is the same for the bridge of MCP', async () => {
    const { run } = person();
    await run(['login', '--server', server.url], server.key);
    const line = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
    expect(JSON.parse((await run(['mcp'], `${line}\n`)).stdout.toString())).toMatchObject({ id: 1 });
  });
});
