import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UNSANDBOXED_BANNER } from './may-run-unsandboxed.ts';
import { openSandbox } from './open-sandbox.ts';
import type { SandboxDriver } from './sandbox.ts';
import { processesWith } from './testing/processes-with.ts';
import { runPython, SMALL } from './testing/run-job.ts';
import { testFolder } from './testing/test-folder.ts';

const open = (workspaces = 1, listensOnLoopbackOnly = true): Promise<SandboxDriver> =>
  openSandbox({ driver: 'none', exposure: { workspaces, listensOnLoopbackOnly } });

it('is refused where others could run code', async () => {
  await expect(open(2)).rejects.toMatchObject({
    code: 'sandbox_not_allowed',
    message: expect.stringContaining('2 workspaces'),
    hint: expect.stringContaining('bubblewrap'),
  });
  await expect(open(1, false)).rejects.toMatchObject({ message: expect.stringContaining('reach the server') });
});

it('says that nothing is isolated, in a banner too', async () => {
  const { assurances, banner, probes } = await (await open()).report();
  expect(banner).toBe(UNSANDBOXED_BANNER);
  expect(probes).toBe(0);
  const kept = assurances.filter(({ holds }) => holds).map(({ name }) => name);
  for (const name of ['files', 'network', 'processes', 'system_calls', 'user']) expect(kept).not.toContain(name);
});

it('runs a job with its own environment, paths of its mounts standing for those of the host', async () => {
  const folder = testFolder();
  process.env['DATAMAKER_TEST_KEY'] = 'of the server';
  const code =
    'import os; open(os.environ["OUT"], "w").write(os.getcwd()); print(os.environ["PYTHONPATH"], "DATAMAKER_TEST_KEY" in os.environ)';
  const ran = await runPython(await open(), code, {
    cwd: '/workspace',
    env: { OUT: '/workspace/out', PYTHONPATH: '/workspace/lib:/workspaces:/workspace' },
    mounts: [{ source: folder, target: '/workspace', writable: true }],
  });
  delete process.env['DATAMAKER_TEST_KEY'];
  expect(ran).toMatchObject({ outcome: 'exited', code: 0, stdout: `${folder}/lib:/workspaces:${folder} False\n` });
  expect(readFileSync(join(folder, 'out'), 'utf8')).toContain('datamaker-sandbox-test-');
});

it('keeps limits as far as it can, each with its outcome', async () => {
  const driver = await open();
  const endless = 'import time\ntime.sleep(100)';
  expect(await runPython(driver, endless, { limits: { ...SMALL, wallMs: 500 } })).toMatchObject({ outcome: 'timeout' });
  const signal = AbortSignal.timeout(300);
  expect(await runPython(driver, endless, { signal })).toMatchObject({ outcome: 'cancelled' });
  expect(await runPython(driver, 'import sys; sys.exit(4)')).toMatchObject({ outcome: 'exited', code: 4 });
  const memory = 'import os\nall = []\nwhile True: all.append(os.urandom(1048576))';
  if (process.platform === 'linux') expect(await runPython(driver, memory)).toMatchObject({ outcome: 'out_of_memory' });
});

it('kills the children of a job with it', async () => {
  const word = 'datamaker-unsandboxed-child';
  const code = `import os, subprocess, sys\nsubprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)", "${word}"])\nprint("left")`;
  const started = await open();
  const { python } = await started.report();
  const job = await started.start({
    argv: [python.executable, '-I', '-c', code],
    env: {},
    cwd: '/tmp',
    mounts: [],
    limits: SMALL,
  });
  job.stdout.resume();
  expect(await job.ended).toMatchObject({ outcome: 'exited', code: 0 });
  await expect.poll(() => processesWith(word)).toEqual([]);
});

it('says what is wrong when a job cannot be started', async () => {
  await expect(runPython(await open(), '', { cwd: '/nowhere' })).rejects.toMatchObject({
    code: 'sandbox_start_failed',
  });
});
