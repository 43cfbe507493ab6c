import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { descendants, kill, npmStart, plainEnvironment, quickStart } from './npm-start.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('does what the quick start of README.md says, as printed', async () => {
  const { key, commands, csv } = quickStart(checkout);
  const folder = temporaryFolder();
  const server = await npmStart(checkout, { DATAMAKER_DATA_DIR: join(folder, 'data'), DATAMAKER_API_KEY: key });
  const script = commands
    .replaceAll('http://127.0.0.1:3000', server.url)
    .replace('npx datamaker', `${checkout}/node_modules/.bin/datamaker`)
    .replace('--out customer.csv', '--out local.csv');
  const printed = execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  expect(printed).toBe(csv);
  expect(readFileSync(join(folder, 'local.csv'))).toEqual(readFileSync(join(folder, 'customer.csv')));
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'ends with everything it has started, and exit code 0, on %s',
  async (signal) => {
    const server = await npmStart(checkout, { DATAMAKER_DATA_DIR: temporaryFolder() });
    const pids = descendants(server.child.pid as number);
    expect(pids.length).toBeGreaterThan(3);
    // A terminal sends Ctrl-C to all of them, a supervisor sends its signal to the first alone.
    if (signal === 'SIGINT') for (const pid of pids) kill(pid, signal);
    else server.child.kill(signal);
    await server.ended;
    expect(pids.filter(isAlive)).toEqual([]);
  },
);

it('leaves no server behind when it is killed without a word', async () => {
  const server = await npmStart(checkout, { DATAMAKER_DATA_DIR: temporaryFolder() });
  const pids = descendants(server.child.pid as number);
  const table = execFileSync('ps', ['-o', 'pid=,args=', '-p', pids.join()], { encoding: 'utf8' });
  const [, start] = /^ *(\d+) node scripts\/start\.mjs/m.exec(table) ?? [];
  kill(Number(start), 'SIGKILL');
  await vi.waitUntil(() => !pids.some(isAlive), { timeout: 30_000 });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
