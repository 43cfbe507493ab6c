import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { family } from './process-figures.ts';
import type { SandboxDriver, SandboxOutcome } from './sandbox.ts';
import { openTestSandbox } from './testing/open-test-sandbox.ts';
import { runPython, SMALL } from './testing/run-job.ts';

/** How often each bomb is dropped: often in `npm run test:full`. */
const TIMES = process.env['FULL'] === '1' ? 20 : 1;

const MiB = 1024 * 1024;
let driver: SandboxDriver;
let folder: string;

beforeAll(async () => {
  driver = await openTestSandbox();
  folder = testFolder();
});

const WRITE = (path: string): string => `
import os
for at in range(10_000):
  with open(${JSON.stringify(path)} + str(at), "wb") as file:
    for _ in range(16): file.write(b"x" * 1048576)`;

import { testFolder } from './testing/test-folder.ts';

/** [what, program, limits of its own, outcomes that are right] */
const BOMBS: readonly (readonly [string, string, object, readonly SandboxOutcome[]])[] = [
  ['a fork bomb', 'import os\nwhile True:\n  try: os.fork()\n  except OSError: pass', {}, ['too_many_processes']],
  ['forks that ask once', 'import os\nwhile True: os.fork()', {}, ['too_many_processes']],
  [
    'forks in sessions of their own',
    `
import os, time
while True:
  try:
    if os.fork() == 0: os.setsid(); os.fork(); time.sleep(60)
  except OSError: pass`,
    {},
    ['too_many_processes'],
  ],
  [
    'endless threads',
    'import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()',
    {},
    ['too_many_processes'],
  ],
  ['10 GB at once', 'bytearray(10_000_000_000)', {}, ['out_of_memory']],
  [
    'memory without end',
    'all = []\nwhile True: all.append(b"x" * 1048576 + bytes(str(len(all)), "ascii"))',
    {},
    ['out_of_memory'],
  ],
  [
    'memory in many processes',
    `
import os, time
for _ in range(8): os.fork()  if _ < 3 else None
all = [bytearray(os.urandom(1048576)) for _ in range(60)]
time.sleep(60)`,
    {},
    ['out_of_memory'],
  ],
  [
    'tables of pages that are only looked at',
    `
import mmap, time
all = mmap.mmap(-1, 1 << 38, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, prot=mmap.PROT_READ)
for at in range(0, 1 << 38, 1 << 21): all[at]
time.sleep(60)`,
    {},
    ['out_of_memory'],
  ],
  ['files in memory', WRITE('/tmp/file'), {}, ['disk_full', 'out_of_memory']],
  ['files in shared memory', WRITE('/dev/shm/file'), {}, ['disk_full', 'out_of_memory']],
  ['10 GiB on the disk', WRITE('/workspace/file'), {}, ['disk_full']],
  [
    'one file of 10 GiB',
    'with open("/workspace/one", "wb") as file:\n  while True: file.write(b"x" * 1048576)',
    {},
    ['disk_full'],
  ],
  [
    'files that are deleted and kept open',
    `
import os, time
kept = []
for at in range(200):
  file = open("/workspace/gone", "wb"); os.unlink("/workspace/gone"); kept.append(file)
  file.write(b"x" * 1048576); file.flush()
time.sleep(60)`,
    {},
    ['disk_full'],
  ],
  [
    'files in a folder that is closed',
    `
import os, time
os.mkdir("/workspace/closed"); os.chdir("/workspace/closed")
for at in range(100): open(str(at), "wb").write(b"x" * 1048576)
os.chmod(".", 0)
time.sleep(60)`,
    {},
    ['disk_full'],
  ],
  ['open files without end', 'all = []\nwhile True: all.append(open("/dev/null"))', {}, ['exited']],
  ['endless sleep', 'import time\ntime.sleep(1e6)', { wallMs: 1500 }, ['timeout']],
  ['endless computing', 'while True: pass', { wallMs: 1500 }, ['timeout']],
  [
    'endless computing, deaf to signals',
    'import signal\nfor one in range(1, 32):\n  if one not in (9, 19): signal.signal(one, signal.SIG_IGN)\nwhile True: pass',
    { wallMs: 1500 },
    ['timeout'],
  ],
  ['endless output', 'while True: print("x" * 1000)', { wallMs: 1500 }, ['timeout']],
  [
    'deep recursion',
    'import sys\nsys.setrecursionlimit(10**9)\ndef deep(n): return [deep(n + 1)]\ndeep(0)',
    {},
    ['exited', 'out_of_memory'],
  ],
  ['a signal to all', 'import os\nos.kill(-1, 9)', {}, ['exited']],
  ['an end without words', 'import os\nos._exit(7)', {}, ['exited']],
  [
    'a small file that unpacks to much',
    'import zlib, io\nblock = zlib.compress(bytes(10**7)) \nall = bytearray()\nwhile True: all += zlib.decompress(block).replace(b"\\0", b"\\1")',
    {},
    ['out_of_memory'],
  ],
];

describe.each(BOMBS)('%s', (_, code, own, outcomes) => {
  it('ends with its name, and leaves nothing to the next run', async () => {
    for (let time = 0; time < TIMES; time++) {
      const limits = { ...SMALL, ...own };
      const workspace = mkdtempSync(join(folder, 'workspace-'));
      const mounts = [{ source: workspace, target: '/workspace', writable: true }];
      const ran = await runPython(driver, code, { limits, mounts });
      expect([ran.outcome, ran.stderr.slice(-300)]).toEqual([
        expect.toSatisfy((one) => outcomes.includes(one)),
        ran.stderr.slice(-300),
      ]);
      const next = await runPython(driver, 'import os; print(sorted(os.listdir("/tmp")), len(os.listdir("/dev/shm")))');
      expect(next).toMatchObject({ outcome: 'exited', code: 0, stdout: '[] 0\n' });
    }
  });
});

afterAll(() => {
  expect(family(process.pid).filter((pid) => pid !== process.pid)).toEqual([]);
});

it('says how a program ended that ends by itself', async () => {
  expect(await runPython(driver, 'import sys; print(1); sys.exit(3)')).toMatchObject({
    outcome: 'exited',
    code: 3,
    signal: null,
    stdout: '1\n',
  });
  expect(await runPython(driver, 'import os, signal; os.kill(os.getpid(), signal.SIGSEGV)')).toMatchObject({
    code: null,
    signal: 'SIGSEGV',
  });
  const { peakMemoryBytes } = await runPython(driver, 'import time; all = b"x" * 50_000_000; time.sleep(0.5)');
  expect(peakMemoryBytes).toBeGreaterThan(50 * 1e6);
  expect(peakMemoryBytes).toBeLessThan(100 * MiB);
});

it('does not charge forked processes for what they share', async () => {
  const code = `
import os, time
all = bytearray(b"x" * 60_000_000)
for _ in range(6):
  if os.fork() == 0: time.sleep(1); os._exit(0)
for _ in range(6): os.wait()
print("done")`;
  expect(await runPython(driver, code)).toMatchObject({ outcome: 'exited', code: 0, stdout: 'done\n' });
});

it('holds back a program that prints while nobody reads', async () => {
  const { python } = await driver.report();
  const started = await driver.start({
    argv: [
      python.executable,
      '-I',
      '-u',
      '-c',
      'import sys\nwhile True: sys.stdout.write("x" * 65536); sys.stderr.write("x" * 65536)',
    ],
    env: {},
    cwd: '/tmp',
    mounts: [],
    limits: { ...SMALL, wallMs: 1000 },
  });
  expect(await started.ended).toMatchObject({ outcome: 'timeout' });
  expect(started.stdout.readableLength + started.stderr.readableLength).toBeLessThan(MiB);
});
