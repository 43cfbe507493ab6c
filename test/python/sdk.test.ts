import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { pythonWith } from './virtual-environment.ts';

const home = fileURLToPath(new URL('../../python/sdk', import.meta.url));
const full = process.env['FULL'] === '1';
/** As long as the libraries take to come from PyPI. */
const INSTALL_MS = 600_000;

let python: string;
beforeAll(async () => {
  python = await pythonWith(new URL('../../python/sdk/requirements.txt', import.meta.url));
}, INSTALL_MS);

interface Ended {
  readonly code: number | string | null;
  /** The last of what it said; empty where it went well. */
  readonly said: string;
}

/** Runs a module of Python in the folder of the package. */
const run = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      PYTHONPATH: `${home}/src`,
      PYTHONDONTWRITEBYTECODE: '1',
      DATAMAKER_NODE: process.execPath,
    };
    execFile(python, ['-m', ...args], { cwd: home, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`;
      if (args[0] === 'pytest') console.log(said.trimEnd().split('\n').at(-1));
      resolve(error === null ? { code: 0, said: '' } : { code: error.code ?? null, said: said.slice(-10_000) });
    });
  });

const WELL: Ended = { code: 0, said: '' };

it('is formatted, and free of what ruff knows to go wrong', async () => {
  expect(await run('ruff', 'format', '--check', '--no-cache', '.')).toEqual(WELL);
  expect(await run('ruff', 'check', '--no-cache', '.')).toEqual(WELL);
});

it('has types that hold', { timeout: 300_000 }, async () => {
  expect(
    await run('mypy', '--cache-dir', fileURLToPath(new URL('../../node_modules/.cache/mypy', import.meta.url))),
  ).toEqual(WELL);
});

it('does what it promises, on a server and a PostgreSQL', { timeout: full ? 3_600_000 : 600_000 }, async () => {
  const seed = `--hypothesis-seed=${process.env['FAST_CHECK_SEED']}`;
  expect(await run('pytest', '-p', 'no:cacheprovider', seed)).toEqual(WELL);
});
