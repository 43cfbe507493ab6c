import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { type HostPython, SandboxError } from './sandbox.ts';

const run = promisify(execFile);

/** Prints what is known of the interpreter that runs it. sys.path has folders of a Python that was built elsewhere (conda, uv). */
const ASK = `import json, os, sys
print(json.dumps({
  "executable": os.path.realpath(sys.executable),
  "version": ".".join(map(str, sys.version_info[:3])),
  "usable": sys.version_info[:2] >= (3, 10),
  "folders": [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix] + [p for p in sys.path if os.path.isdir(p)],
}))`;

/** Folders that every sandbox shows, so that nothing below them has to be mounted. */
const SHOWN = /^\/(usr|lib\w*|bin|sbin)(\/|$)/;

/**
 * Finds the Python that jobs run with and what has to be visible for it: its prefix, wherever pyenv, uv or conda put it.
 * @param command a path or a name, `python3` by default
 * @throws SandboxError with `sandbox_python_missing`
 */
export async function findPython(command = 'python3'): Promise<HostPython> {
  const missing = (why: string): SandboxError =>
    new SandboxError(
      'sandbox_python_missing',
      `Scenarios need Python 3.10 or later, and ${command} ${why}.`,
      'Install it (Debian: apt-get install python3), or name another one in the settings.',
    );
  let said: { executable: string; version: string; usable: boolean; folders: string[] };
  try {
    // -I: neither the user's packages nor variables of the environment count.
    const { stdout } = await run(command, ['-I', '-c', ASK], { timeout: 30_000 });
    said = JSON.parse(stdout);
  } catch (error) {
    throw missing((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'does not run');
  }
  if (!said.usable) throw missing(`is ${said.version}`);
  const folders = [...new Set(said.folders.map((folder) => realpathSync(folder)))]
    .filter((folder) => !SHOWN.test(folder) && folder !== '/')
    .sort();
  return {
    executable: said.executable,
    version: said.version,
    folders: folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`))),
  };
}
