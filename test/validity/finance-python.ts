import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const venv = at('../../node_modules/.cache/datamaker-venv');
const python = join(venv, 'bin', 'python');

/** Python with the libraries of requirements.txt, installed on first use. @throws Error when there is no Python 3 with venv */
function ready(): string {
  const wanted = readFileSync(at('requirements.txt'), 'utf8');
  const marker = join(venv, 'requirements.txt');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
    execFileSync('python3', ['-m', 'venv', venv]);
    execFileSync(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      at('requirements.txt'),
    ]);
    writeFileSync(marker, wanted);
  }
  return python;
}

/** Those of some values that a module of python-stdnum ("stdnum.us.rtn") finds wrong, with its reason. */
export function wrongForStdnum(module: string, values: readonly string[]): string[] {
  const output = execFileSync(ready(), [at('check-stdnum.py'), module], {
    input: JSON.stringify(values),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output) as string[];
}
