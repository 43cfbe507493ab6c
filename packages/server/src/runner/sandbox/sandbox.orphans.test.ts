import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { sweepOrphans } from './bwrap/sweep-orphans.ts';
import type { SandboxDriver } from './sandbox.ts';
import { openTestSandbox } from './testing/open-test-sandbox.ts';
import { processesWith } from './testing/processes-with.ts';
import { runPython, SMALL } from './testing/run-job.ts';

const CYCLES = process.env['FULL'] === '1' ? 40 : 3;

let driver: SandboxDriver;
beforeAll(async () => {
  driver = await openTestSandbox();
});

const newWord = (): string => `datamaker-orphan-${randomBytes(8).toString('hex')}`;
const AWAY = `
import os, sys, time
reader, writer = os.pipe()
if os.fork() == 0:
  os.setsid()
  if os.fork() == 0:
    os.write(writer, b"x"); time.sleep(600)
  os._exit(0)
os.read(reader, 1)
print("away", flush=True)
`;

async function start(code: string, word: string, signal?: AbortSignal): ReturnType<SandboxDriver['start']> {
  const { python } = await driver.report();
  const argv = [python.executable, '-I', '-c', code, word];
  return driver.start({
    argv,
    env: {},
    cwd: '/tmp',
    mounts: [],
    limits: SMALL,
    ...(signal === undefined ? {} : { signal }),
  });
}

it('leaves nothing of a job that has ended: neither what went into the background nor what has a session of its own', async () => {
  const word = newWord();
  const job = await start(AWAY, word);
  job.stdout.resume();
  expect(await job.ended).toMatchObject({ outcome: 'exited', code: 0 });
  expect(processesWith(word)).toEqual([]);
});

it('leaves nothing of a job that is cancelled, and says so', async () => {
  const word = newWord();
  const stop = new AbortController();
  const job = await start(`${AWAY}time.sleep(600)`, word, stop.signal);
  await once(job.stdout, 'data');
  stop.abort();
  expect(await job.ended).toMatchObject({ outcome: 'cancelled' });
  expect(processesWith(word)).toEqual([]);
});

it('does not begin a job that was cancelled before', async () => {
  const job = await start('print("begun")', newWord(), AbortSignal.abort());
  let said = '';
  job.stdout.on('data', (chunk) => {
    said += chunk;
  });
  expect(await job.ended).toMatchObject({ outcome: 'cancelled' });
  expect(said).toBe('');
});

it('cancels while a job is being started, at any moment', async () => {
  for (let time = 0; time < CYCLES * 2; time++) {
    const word = newWord();
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), randomInt(60));
    const job = await start(`${AWAY}time.sleep(600)`, word, stop.signal);
    job.stdout.resume();
    expect(await job.ended).toMatchObject({ outcome: 'cancelled' });
    clearTimeout(timer);
    expect(processesWith(word)).toEqual([]);
  }
});

it('ends with its server, however that ends', async () => {
  const program = fileURLToPath(new URL('testing/mortal-sandbox-process.ts', import.meta.url));
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const word = newWord();
    const server = spawn(process.execPath, ['--conditions=datamaker-source', program, word], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    server.stdout.on('data', (chunk) => {
      said += chunk;
    });
    while (!said.includes('open')) await once(server.stdout, 'data');
    // Once when all runs, then at moments in which sandboxes are being made.
    if (cycle === 0) while (said.split('away').length < 7) await once(server.stdout, 'data');
    else await new Promise((resolve) => setTimeout(resolve, randomInt(400)));
    server.kill('SIGKILL');
    await once(server, 'exit');
    await expect.poll(() => processesWith(word).length).toBe(0);
  }
  // Nothing was left in the making, either.
  await expect.poll(sweepOrphans).toBe(0);
});

it('leaves the server without children that nobody waited for', async () => {
  await runPython(driver, 'print(1)');
  const children = readdirSync(`/proc/${process.pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8').split(' '),
  );
  const sandboxes = children.filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'bwrap\n');
  expect(sandboxes).toEqual([]);
});
