import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));

/**
 * The path of a Python that has the packages of a requirements.txt, in a virtual environment that is made when it is missing
 * or the requirements have changed. Test files that start together may make it twice; the first to finish wins.
 */
export async function pythonWith(file: URL): Promise<string> {
  const requirements = fileURLToPath(file);
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const home = join(cache, `datamaker-venv-${digest}`);
  const program = join(home, 'bin', 'python');
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  const draft = `${home}.${process.pid}`;
  try {
    await run('python3', ['-m', 'venv', draft]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
    await run(join(draft, 'bin', 'python'), install);
    // Programs in bin name the draft's place, but python itself finds its packages from where it is.
    if (!existsSync(home)) renameSync(draft, home);
  } catch (cause) {
    if (existsSync(program)) return program;
    throw new Error(`python3 with venv, and the packages of ${requirements} from PyPI, are needed`, { cause });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return program;
}
