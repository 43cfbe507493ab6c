import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskUse } from '../sandbox/disk-use.ts';
import { runBounded } from './bounded-process.ts';
import { EnvironmentError } from './environment-error.ts';
import { type LockedPackage, textOf } from './environment-lock.ts';
import { ABOUT } from './environment-shelf.ts';
import type { PythonFacts } from './python-facts.ts';
import type { EnvironmentTool } from './tools/environment-tool.ts';

export interface BuildOrder {
  readonly python: PythonFacts;
  readonly packages: readonly LockedPackage[];
  /** Name of the environment whose packages are to be found as well; it lies beside this one. */
  readonly base: string | null;
  /** Where it is made; its name is another afterwards. */
  readonly folder: string;
  /** A folder for what is only needed meanwhile. */
  readonly place: string;
  readonly maxMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Makes a virtual environment (PEP 405) that works wherever it is mounted: the interpreter is a link to that of the host, and finds its
 * packages by where it was called. No package executes anything.
 * @throws EnvironmentError
 */
export async function buildEnvironment(tool: EnvironmentTool, order: BuildOrder): Promise<void> {
  const { python, packages, base, folder, place, maxMs, maxBytes, signal } = order;
  const modules = join(folder, python.modules);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await mkdir(modules, { recursive: true });
  // As venv has it: some distributions keep compiled modules there.
  await symlink('lib', join(folder, 'lib64'));
  await symlink(python.executable, join(folder, 'bin', 'python'));
  for (const name of ['python3', `python${python.minor}`]) await symlink('python', join(folder, 'bin', name));
  const lines = [
    `home = ${dirname(python.executable)}`,
    'include-system-site-packages = false',
    `version = ${python.version}`,
  ];
  await writeFile(join(folder, 'pyvenv.cfg'), `${lines.join('\n')}\n`);
  if (packages.length > 0) {
    await tool.install({ python, packages, environment: folder }, { folder: place, maxMs, signal });
    await moveScripts(join(folder, 'bin'));
    await compile(python, modules, packages.length > FEW ? '0' : '1', place, maxMs, signal);
  }
  if (base !== null) {
    const way = [...python.modules.split('/').map(() => '..'), '..', base, python.modules].join('/');
    await writeFile(join(modules, 'datamaker-base.pth'), `${way}\n`);
  }
  const { bytes } = await diskUse([folder], Number.POSITIVE_INFINITY);
  if (bytes > maxBytes) {
    throw new EnvironmentError(
      'dependency_too_large',
      `the packages take ${bytes} bytes, of ${maxBytes}`,
      'Ask for less.',
    );
  }
  await writeFile(join(folder, ABOUT), JSON.stringify({ bytes, python, base, packages: packages.map(textOf) }));
  await toDisk(folder, place, signal);
}

/** Processes that compile side by side cost more to start than so many packages take. */
const FEW = 8;

/**
 * Compiles modules once, so that no run does it again. Such a file counts without a look at its source (PEP 552, unchecked): nobody can
 * change either. What Python cannot compile, such as examples of Python 2, is left as it is.
 */
async function compile(
  python: PythonFacts,
  modules: string,
  processes: string,
  place: string,
  maxMs: number,
  signal: AbortSignal,
): Promise<void> {
  await runBounded({
    argv: [
      python.executable,
      '-I',
      '-m',
      'compileall',
      '-q',
      '-j',
      processes,
      '--invalidation-mode',
      'unchecked-hash',
      modules,
    ],
    cwd: place,
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: place, TMPDIR: place },
    maxMs,
    signal,
  });
}

const SHEBANG = /^#!.*python[^\n]*\n/;
/** The way of pip for interpreters with long names: a line that is both shell and Python. */
const ANYWHERE = `#!/bin/sh\n'''exec' "$(dirname -- "$(realpath -- "$0")")"/python "$0" "$@"\n' '''\n`;
const LONGEST_SCRIPT = 1024 * 1024;

/** Programs that packages bring name the interpreter by a path that there will not be. */
async function moveScripts(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const content = await readFile(path);
    if (content.length > LONGEST_SCRIPT || content.subarray(0, 2).toString() !== '#!') continue;
    const text = content.toString('utf8');
    if (!SHEBANG.test(text)) continue;
    await writeFile(
      path,
      text.replace(SHEBANG, () => ANYWHERE),
    );
    await chmod(path, 0o755);
  }
}

/** A host that loses power keeps the name of a folder and not what is in it, unless that was written out before. */
async function toDisk(folder: string, place: string, signal: AbortSignal): Promise<void> {
  if (process.platform !== 'linux') return;
  await runBounded({ argv: ['sync', '-f', folder], cwd: place, env: { PATH: '/usr/bin:/bin' }, maxMs: 60_000, signal });
}
