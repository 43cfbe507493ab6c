import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
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

/** What a terminal shows when somebody answers what is asked; `script` (Debian: bsdutils) provides the terminal. */
function onTerminal(command: string, question: string, answer: string, cwd: string): Promise<string> {
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd });
  let shown = '';
  let isAnswered = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (isAnswered || !shown.includes(question)) return;
    isAnswered = true;
    child.stdin.write(answer);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(shown));
  });
}

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
    const shown = await onTerminal(command, `Key for ${server.url}: `, `${server.key}\r`, home);
    expect(shown).toContain('knows you as');
    expect(shown).not.toContain(server.key);
    expect(kept().current).toBe(server.url);
  });

  it('goes with datamaker.json, which init writes', async () => {
    const { run, home } = person();
    await run(['login', '--server', server.url], server.key);
    expect(await run(['init', '--server', 'http://127.0.0.1:1'])).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(home, 'datamaker.json'), 'utf8'))).toEqual({ server: 'http://127.0.0.1:1' });
    const [away, again, anew] = [
      await run(['runs', 'list']),
      await run(['init']),
      await run(['init', '--force', '--project', 'proj_none']),
    ];
    expect(away).toMatchObject({ code: 2, stderr: expect.stringContaining('missing_key') });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('file_exists') });
    expect(anew).toMatchObject({ code: 0, stderr: expect.stringContaining(server.url) });
    expect(await run(['runs', 'list'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/^error: \w+/) });
  });

  it('is the same for the bridge of MCP', async () => {
    const { run } = person();
    await run(['login', '--server', server.url], server.key);
    const line = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
    expect(JSON.parse((await run(['mcp'], `${line}\n`)).stdout.toString())).toMatchObject({ id: 1 });
  });
});
