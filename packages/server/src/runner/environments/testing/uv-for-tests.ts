import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '0.13.9';
const cache = fileURLToPath(new URL('../../../../../../node_modules/.cache', import.meta.url));

/** The path of uv: that of the host, or one of PyPI in a virtual environment that is made when it is missing. */
export function uvForTests(): string {
  const onHost = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'uv'));
  const home = join(cache, `datamaker-uv-${VERSION}`);
  const own = join(home, 'bin', 'uv');
  const found = [...onHost, own].find((path) => existsSync(path));
  if (found !== undefined) return found;
  mkdirSync(cache, { recursive: true });
  // Files of tests that start together may make it twice; one of them wins.
  const draft = `${home}.${process.pid}`;
  execFileSync('python3', ['-m', 'venv', draft]);
  execFileSync(join(draft, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', `uv==${VERSION}`]);
  try {
    renameSync(draft, home);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return own;
}
