import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNNERS, shown } from './local-in-runners.ts';
import { type Packed, pack } from './packed.ts';

/** What is installed comes from npm and PyPI. */
const INSTALL_MS = 300_000;
/** Test runners come from npm and PyPI as well. */
const FULL = process.env['FULL'] === '1';
const LAUNCHER = fileURLToPath(new URL('../../packages/cli/bin/datamaker.mjs', import.meta.url));
/** Packages are ES modules: what asks for CommonJS, or knows no `exports`, is not served. */
const KINDS = ['node16-esm', 'bundler'];

let packed: Packed;
beforeAll(() => {
  packed = pack();
}, INSTALL_MS);
afterAll(() => packed?.remove(), INSTALL_MS);

describe('what is published', () => {
  it('is nine npm packages and a wheel', () => {
    expect(packed.archives.map((path) => basename(path).replace(/-\d.*/, '')).sort()).toEqual([
      'datamaker',
      'datamaker-cli',
      'datamaker-connectors',
      'datamaker-engine',
      'datamaker-local',
      'datamaker-seeding',
      'datamaker-server',
      'datamaker-streams',
      'datamaker-web',
    ]);
    expect(basename(packed.wheel)).toMatch(/^datamaker-.*-py3-none-any\.whl$/);
  });

  it('says of itself what is true (publint)', async () => {
    for (const path of packed.archives) {
      const { messages, pkg } = await publint({ pack: { tarball: bytesOf(path) }, strict: true });
      expect(
        messages.map((message) => formatMessage(message, pkg)),
        basename(path),
      ).toEqual([]);
    }
  });

  it('has types that are found where its code is (arethetypeswrong)', async () => {
    for (const path of packed.archives) {
      const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(bytesOf(path))));
      // A command has no code to import, and the web app is files.
      if (checked.types === false || /datamaker-cli-/.test(path)) continue;
      const wrong = checked.problems.filter(
        (problem) => !('resolutionKind' in problem) || KINDS.includes(problem.resolutionKind),
      );
      expect(wrong, basename(path)).toEqual([]);
    }
  });
});

describe('a clean installation', () => {
  it('of the npm packages generates rows, and serves them with the web app', { timeout: INSTALL_MS }, async () => {
    const folder = join(packed.folder, 'npm');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{"private": true}');
    const flags = ['--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
    execFileSync('npm', ['install', ...flags, ...packed.archives], { cwd: folder, stdio: 'pipe' });
    const datamaker = join(folder, 'node_modules/.bin/datamaker');
    writeFileSync(join(folder, 'customer.json'), '{"fields": [{"name": "id", "type": "sequence"}]}');
    const told = execFileSync(datamaker, ['generate', 'customer.json', '--count', '2', '--format', 'csv'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(told).toBe('id\n1\n2\n');
    const server = spawn(datamaker, ['serve', '--port', '0', '--data-dir', join(folder, 'data')], {
      env: {
        ...process.env,
        DATAMAKER_API_KEY: 'dm_test_key_of_a_clean_installation',
        DATAMAKER_PREINSTALLED: 'false',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(server, 'exit');
    try {
      let url = '';
      for await (const line of createInterface(server.stdout)) {
        url = /ready at (\S+)/.exec(line)?.[1] ?? '';
        if (url !== '') break;
      }
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const app = await fetch(`${url}/app/`);
      expect(await app.text()).toContain('<script type="module"');
      const guide = await fetch(`${url}/docs/guide/`);
      expect(await guide.text()).toContain('<title>DataMaker guide</title>');
    } finally {
      server.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
  });

  it.runIf(FULL).for(RUNNERS)(
    'of local mode gives tests of $name rows that follow from their names',
    { timeout: INSTALL_MS },
    ({ name, packages, files, command, environment }) => {
      const folder = join(packed.folder, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      const own = packed.archives.filter((path) => /(datamaker|engine|local)-\d/.test(basename(path)));
      const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
      execFileSync('npm', ['install', ...flags, ...own, ...packages], { cwd: folder, stdio: 'pipe' });
      const env = { ...process.env, ...environment };
      const noted = (): string[] => {
        execFileSync('npx', ['--no-install', ...command], { cwd: folder, stdio: 'pipe', env });
        const lines = readFileSync(join(folder, 'rows.jsonl'), 'utf8').trim().split('\n');
        rmSync(join(folder, 'rows.jsonl'));
        return lines.sort();
      };
      const [one = '', two = '', ...more] = noted();
      expect(more).toEqual([]);
      expect(JSON.parse(one)).toEqual([expect.stringMatching(/shop.*one$/), expect.any(Array)]);
      expect(JSON.parse(one)[1]).not.toEqual(JSON.parse(two)[1]);
      expect(noted()).toEqual([one, two]);
    },
  );

  it('of the wheel is imported with its types', { timeout: INSTALL_MS }, () => {
    const venv = join(packed.folder, 'venv');
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'pipe' });
    const python = join(venv, 'bin/python');
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', packed.wheel], {
      stdio: 'pipe',
    });
    const code =
      'import datamaker, pathlib; print(datamaker.DataMaker.__name__, (pathlib.Path(datamaker.__file__).parent / "py.typed").exists())';
    expect(execFileSync(python, ['-c', code], { cwd: packed.folder, encoding: 'utf8' })).toBe('DataMaker True\n');
  });

  it.runIf(FULL)('of the wheel gives tests of pytest rows', { timeout: INSTALL_MS }, () => {
    const folder = join(packed.folder, 'pytest');
    mkdirSync(folder);
    execFileSync('python3', ['-m', 'venv', join(folder, 'venv')], { stdio: 'pipe' });
    const python = join(folder, 'venv/bin/python');
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', packed.wheel, 'pytest==9.2.0'];
    execFileSync(python, install, { stdio: 'pipe' });
    const test = `def test_rows(datamaker):
    rows = datamaker.rows([{"name": "id", "type": "sequence"}], 2)
    assert rows == [{"id": 1}, {"id": 2}]
    assert datamaker.seed == "test_shop.py::test_rows"
`;
    writeFileSync(join(folder, 'test_shop.py'), test);
    writeFileSync(join(folder, 'test_page.py'), shown('pytest'));
    const env = { ...process.env, DATAMAKER_COMMAND: `${process.execPath} ${LAUNCHER}` };
    const words = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'];
    expect(execFileSync(python, words, { cwd: folder, env, encoding: 'utf8' })).toContain('2 passed');
  });
});

function bytesOf(path: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
