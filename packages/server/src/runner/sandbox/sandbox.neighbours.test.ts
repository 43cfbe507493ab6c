import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { SandboxDriver } from './sandbox.ts';
import { openTestSandbox } from './testing/open-test-sandbox.ts';
import { processesWith } from './testing/processes-with.ts';
import { runPython, SMALL, textOf } from './testing/run-job.ts';
import { testFolder } from './testing/test-folder.ts';

const PAIRS = process.env['FULL'] === '1' ? 500 : 4;

let driver: SandboxDriver;
beforeAll(async () => {
  driver = await openTestSandbox();
});

/** Leaves its word in every place that it can, then looks for the word of the other in every place that it can, again and again. */
const SEEK = `
import glob, os, socket, sys, time
own, foreign = os.environ["OWN"], os.environ["FOREIGN_PARTS"].replace("-", "")
for folder in ("/tmp", "/dev/shm", "/workspace"):
  open(folder + "/" + own, "w").write(own)
server = socket.socket(socket.AF_UNIX); server.bind("\\0" + own); server.listen()
if os.fork() == 0: time.sleep(3); os._exit(0)
print("ready", flush=True)
found = set()
for round in range(10):
  for folder, folders, files in [found for top in ("/tmp", "/dev/shm", "/workspace", "/var", "/run") for found in os.walk(top)]:
    for name in files:
      if foreign in name or foreign in open(os.path.join(folder, name), errors="replace").read(): found.add(folder)
  for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline") + ["/proc/net/unix", "/proc/sysvipc/shm", "/proc/self/mountinfo"]:
    try:
      if foreign in open(path, errors="replace").read(): found.add(path)
    except OSError: pass
  try:
    with socket.socket(socket.AF_UNIX) as client: client.connect("\\0" + foreign); found.add("socket")
  except OSError: pass
  time.sleep(0.03)
for pid in range(1, 200):
  try: os.kill(pid, 0)
  except OSError: continue
  if pid not in [int(one) for one in os.listdir("/proc") if one.isdigit()]: found.add("process " + str(pid))
print(sorted(found))
`;

it('shows two jobs nothing of each other: files, environment, processes, sockets', async () => {
  for (let pair = 0; pair < PAIRS; pair++) {
    const words = [randomBytes(10).toString('hex'), randomBytes(10).toString('hex')] as const;
    const run = (own: string, foreign: string): ReturnType<typeof runPython> => {
      const workspace = testFolder();
      // The word of the other is told in parts, so that it is found nowhere because of that.
      const env = { OWN: own, FOREIGN_PARTS: [...foreign].join('-') };
      return runPython(driver, SEEK, { env, mounts: [{ source: workspace, target: '/workspace', writable: true }] });
    };
    const both = await Promise.all([run(words[0], words[1]), run(words[1], words[0])]);
    for (const { stdout, stderr } of both) expect([stdout, stderr]).toEqual(['ready\n[]\n', '']);
  }
});

it('finds such a word where it is to be found', async () => {
  const word = randomBytes(10).toString('hex');
  const workspace = testFolder();
  writeFileSync(join(workspace, 'left'), word);
  const { stdout } = await runPython(driver, SEEK, {
    env: { OWN: 'x', FOREIGN_PARTS: [...word].join('-') },
    mounts: [{ source: workspace, target: '/workspace', writable: true }],
  });
  expect(stdout).toContain("['/workspace']");
});

it('mounts what a job names, and lets it write where it may', async () => {
  const folder = testFolder();
  const shared = testFolder();
  writeFileSync(join(shared, 'input'), 'given');
  chmodSync(join(shared, 'input'), 0o666);
  const code = `
import os
print(open("/opt/shared/input").read())
open("/workspace/out/put", "w").write("made") if os.makedirs("/workspace/out") is None else 0
try: open("/opt/shared/input", "a")
except OSError as error: print(error.errno)`;
  const ran = await runPython(driver, code, {
    cwd: '/workspace',
    mounts: [
      { source: folder, target: '/workspace', writable: true },
      { source: shared, target: '/opt/shared', writable: false },
    ],
  });
  expect([ran.stdout, ran.stderr]).toEqual(['given\n30\n', '']);
  expect(readFileSync(join(folder, 'out', 'put'), 'utf8')).toBe('made');
});

it('reaches a broker through its socket, and nobody else', async () => {
  const folder = testFolder();
  const path = join(folder, 'broker.sock');
  const broker = createServer((client) => client.on('error', () => {}).end('welcome'));
  await new Promise<void>((resolve) => broker.listen(path, resolve));
  const code = `
import socket
with socket.socket(socket.AF_UNIX) as one: one.connect("/run/broker.sock"); print(one.recv(99).decode())
try: socket.socket()
except OSError as error: print(error.errno)`;
  const mounts = [{ source: path, target: '/run/broker.sock', writable: false }];
  expect(await runPython(driver, code, { mounts })).toMatchObject({ stdout: 'welcome\n97\n', stderr: '' });
  await new Promise((resolve) => broker.close(resolve));
});

it('keeps what a job is given out of what the host shows of processes', async () => {
  const token = randomBytes(10).toString('hex');
  const { python } = await driver.report();
  const started = await driver.start({
    argv: [python.executable, '-I', '-c', 'import os, time; print(os.environ["TOKEN"]); time.sleep(1)'],
    env: { TOKEN: token },
    cwd: '/tmp',
    mounts: [],
    limits: SMALL,
  });
  expect(processesWith(token)).toEqual([]);
  expect(await textOf(started.stdout)).toBe(`${token}\n`);
  await started.ended;
});

it.runIf(process.geteuid?.() === 0)('gives each job that runs a user of its own', async () => {
  const folders = [testFolder(), testFolder()];
  await Promise.all(
    folders.map((source) =>
      runPython(driver, 'import time; open("/workspace/mine", "w"); time.sleep(0.3)', {
        mounts: [{ source, target: '/workspace', writable: true }],
      }),
    ),
  );
  const users = folders.map((folder) => statSync(join(folder, 'mine')).uid);
  expect(new Set(users).size).toBe(2);
  expect(users.every((uid) => uid >= 61_234)).toBe(true);
});

it.each([
  [{ argv: [] }, /names no program/],
  [{ limits: { ...SMALL, processes: 0 } }, /The limit processes is 0/],
  [{ limits: { ...SMALL, memoryBytes: Number.NaN } }, /memoryBytes/],
  [{ mounts: [{ source: '/nowhere', target: '/x', writable: false }] }, /no \/nowhere to mount/],
  [{ mounts: [{ source: '/tmp', target: '/etc', writable: true }] }, /at \/etc/],
  [{ mounts: [{ source: '/tmp', target: '/usr/lib/x', writable: true }] }, /at \/usr/],
  [{ mounts: [{ source: '/tmp', target: '/', writable: true }] }, /at \//],
  [{ mounts: [{ source: '/tmp/../etc', target: '/x', writable: true }] }, /not an absolute path/],
  [{ env: { 'A=B': 'c' } }, /A=B/],
  [{ env: { A: 'b\0--bind\0/\0/' } }, /zero byte/],
] as const)('refuses a job that cannot be: %j', async (job, message) => {
  await expect(runPython(driver, '', job)).rejects.toMatchObject({
    code: 'sandbox_job_invalid',
    message: expect.stringMatching(message),
    hint: expect.any(String),
  });
  expect(existsSync('/x')).toBe(false);
});

it('follows no link that a job may have left for the next one', async () => {
  const folder = testFolder();
  symlinkSync('/etc', join(folder, 'out'));
  const mounts = [{ source: join(folder, 'out'), target: '/out', writable: true }];
  const { uid } = statSync('/etc/passwd');
  await expect(runPython(driver, '', { mounts })).rejects.toMatchObject({
    code: 'sandbox_job_invalid',
    message: expect.stringContaining('symbolic link'),
  });
  expect(statSync('/etc/passwd').uid).toBe(uid);
});

it('says what is wrong with an argument that no system takes', async () => {
  const { python } = await driver.report();
  await expect(runPython(driver, '', { argv: [python.executable, 'x'.repeat(300_000)] })).rejects.toMatchObject({
    code: 'sandbox_start_failed',
    hint: expect.stringContaining('into a file'),
  });
  expect(await runPython(driver, 'print(1)')).toMatchObject({ stdout: '1\n' });
});

it('says what is wrong when a folder to start in is not there, and with a program that is not', async () => {
  await expect(runPython(driver, '', { cwd: '/nowhere' })).rejects.toMatchObject({
    code: 'sandbox_start_failed',
    message: expect.stringContaining('/nowhere'),
  });
  const missing = await runPython(driver, '', { argv: ['/usr/bin/no-such-program'] });
  expect(missing).toMatchObject({ outcome: 'exited', code: 127, stderr: expect.stringContaining('no-such-program') });
});

it('takes texts for what they are, whatever they look like', async () => {
  const env = { A: '--bind', B: '-- / /', C: 'two\nlines "quoted" $HOME `id`' };
  const { python } = await driver.report();
  const argv = [
    python.executable,
    '-I',
    '-c',
    'import os, sys; print([os.environ[x] for x in "ABC"], sys.argv[1:])',
    '--bind',
    '$(id)',
  ];
  const { stdout } = await runPython(driver, '', { argv, env });
  expect(stdout).toBe(`['--bind', '-- / /', 'two\\nlines "quoted" $HOME \`id\`'] ['--bind', '$(id)']\n`);
});
