import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environments, type PlacedEnvironment } from '../../../packages/server/src/runner/environments/environments.ts';
import { PackageServer } from '../../../packages/server/src/runner/environments/testing/package-server.ts';
import { DEFAULT_LIMITS } from '../../../packages/server/src/runner/sandbox/limits.ts';
import type { SandboxDriver } from '../../../packages/server/src/runner/sandbox/sandbox.ts';
import { printed } from './printed.ts';

const PACKAGES = 20;
const FUNCTIONS = 50;
const MODULES = 5;

/** Takes what is in a folder out of the memory of the system, as it is when nobody has used it for long. */
const FORGET = `import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and not os.path.islink(path):
            file = os.open(path, os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)`;

/**
 * How long a scenario with locked packages takes from its call until its first line, with twenty packages of five modules that are all
 * imported: cold, with nothing of them in memory, and warm. Finding the environment is part of it.
 */
export async function startsWithPackages(driver: SandboxDriver, rounds: number): Promise<Record<string, number[]>> {
  const root = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  chmodSync(root, 0o755);
  const names = Array.from({ length: PACKAGES }, (_, at) => `package-${at}`);
  const index = await PackageServer.start(names.map((name) => ({ name, version: '1.0', files: filesOf(name) })));
  const times: Record<string, number[]> = { 'with packages, cold': [], 'with packages, warm': [] };
  try {
    const settings = { index: index.address, preinstalled: false, lockMs: 60_000 };
    const environments = await Environments.open(root, settings);
    const { python } = await driver.report();
    const needs = { requirements: names, requiresPython: null };
    const lock = await environments.lock(needs, python.executable);
    await (await environments.place(needs, lock, python.executable))?.release();
    const code = `${names.flatMap((name) => Array.from({ length: MODULES }, (_, at) => `import ${name.replace('-', '_')}.m${at}`)).join('\n')}\nprint("here")`;
    const run = async (): Promise<number> => {
      let placed: PlacedEnvironment | undefined;
      const { first } = await printed(async () => {
        placed = await environments.place(needs, lock, python.executable);
        return driver.start({
          argv: [`${placed?.programs}/python`, '-I', '-u', '-c', code],
          env: {},
          cwd: '/tmp',
          mounts: placed?.mounts ?? [],
          limits: DEFAULT_LIMITS,
        });
      });
      await placed?.release();
      return first;
    };
    const forget = async (): Promise<void> => {
      const mounts = [{ source: root, target: '/opt/datamaker', writable: false }];
      const argv = [python.executable, '-I', '-c', FORGET, '/opt/datamaker/envs'];
      const { ended, stdout } = await driver.start({ argv, env: {}, cwd: '/tmp', mounts, limits: DEFAULT_LIMITS });
      stdout.resume();
      await ended;
    };
    for (let round = -1; round < rounds; round++) {
      await forget();
      const cold = await run();
      const warm = await run();
      if (round < 0) continue;
      times['with packages, cold']?.push(cold);
      times['with packages, warm']?.push(warm);
    }
  } finally {
    await index.close();
    rmSync(root, { recursive: true, force: true });
  }
  return times;
}

/** Modules of some size: two hundred lines of functions. */
function filesOf(name: string): Record<string, string> {
  const module = Array.from(
    { length: FUNCTIONS },
    (_, at) => `def f${at}(a, b=${at}):\n    c = a + b\n    return [c, a, b, "${at}"]\n`,
  ).join('\n');
  return Object.fromEntries(
    Array.from({ length: MODULES }, (_, at) => [`${name.replace('-', '_')}/m${at}.py`, module]),
  );
}
