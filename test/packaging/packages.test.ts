import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Packed, pack } from './packed.ts';

/** What is installed comes from npm and PyPI. */
const INSTALL_MS = 300_000;
/** Packages are ES modules: what asks for CommonJS, or knows no `exports`, is not served. */
const KINDS = ['node16-esm', 'bundler'];

let packed: Packed;
beforeAll(() => {
  packed = pack();
}, INSTALL_MS);
afterAll(() => packed?.remove());

describe('what is published', () => {
  it('is seven npm packages and a wheel', () => {
    expect(packed.archives.map((path) => basename(path).replace(/-\d.*/, '')).sort()).toEqual([
      'datamaker',
      'datamaker-cli',
      'datamaker-connectors',
      'datamaker-engine',
      'datamaker-seeding',
      'datamaker-server',
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
});

function bytesOf(path: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
