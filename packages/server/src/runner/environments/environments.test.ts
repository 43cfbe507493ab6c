import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../sandbox/testing/test-folder.ts';
import type { EnvironmentError } from './environment-error.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import { Environments, type PlacedEnvironment } from './environments.ts';
import { PackageServer } from './testing/package-server.ts';
import { runIn } from './testing/run-in.ts';
import { uvForTests } from './testing/uv-for-tests.ts';

const PYTHON = 'python3';
const needs = (...requirements: string[]) => ({ requirements, requiresPython: null });

describe.each(['uv', 'pip'] as const)('environments (by %s)', (tool) => {
  const outside = testFolder();
  const built = join(outside, 'was-built');
  let index: PackageServer;
  const settings = (more: EnvironmentSettings = {}): EnvironmentSettings => ({
    index: index.address,
    preinstalled: false,
    tool,
    lockMs: 120_000,
    ...(tool === 'uv' ? { uv: uvForTests() } : {}),
    ...more,
  });
  const open = (root = testFolder(), more: EnvironmentSettings = {}): Promise<Environments> =>
    Environments.open(root, settings(more));
  /** Takes its code from an error. */
  const codeOf = (promise: Promise<unknown>): Promise<EnvironmentError> =>
    promise.then(
      () => expect.unreachable('it went well'),
      (error: EnvironmentError) => error,
    );
  beforeAll(async () => {
    index = await PackageServer.start([
      { name: 'one', version: '1.0' },
      { name: 'one', version: '1.2', requires: ['Two_Parts>=2'] },
      { name: 'one', version: '2.0', requires: ['two-parts<2'] },
      { name: 'two-parts', version: '1.0' },
      { name: 'two-parts', version: '2.5' },
      { name: 'only-source', version: '1.0', kind: 'sdist', builds: built },
      { name: 'for-later', version: '1.0', requiresPython: '>=3.99' },
      { name: 'elsewhere', version: '1.0', tag: 'cp27-cp27m-win32' },
      { name: 'asks-for-address', version: '1.0', requires: ['only-source @ INDEX/only-source/only-source-1.0.zip'] },
      { name: 'asks-for-repository', version: '1.0', requires: ['one @ git+https://127.0.0.1:9/one.git'] },
      { name: 'asks-for-file', version: '1.0', requires: [`one @ file://${outside}/one-1.0.zip`] },
      { name: 'climbs', version: '1.0', files: { '../../../../climbed.py': 'x = 1\n' } },
      { name: 'climbs-by-name', version: '1.0', files: { '/tmp/datamaker-climbed.py': 'x = 1\n' } },
    ]);
  });
  afterAll(() => index?.close());
  afterEach(() => expect(existsSync(built)).toBe(false));

  it('have exactly what was locked, and nothing of the host', async () => {
    const environments = await open();
    const lock = await environments.lock(needs('one<2'), PYTHON);
    expect(lock).toMatchObject({
      python: expect.stringMatching(/^3\.\d+$/),
      platform: expect.stringMatching(/^\w+-\w+$/),
      base: null,
      packages: [
        { name: 'one', version: '1.2', hashes: [expect.stringMatching(/^[0-9a-f]{64}$/)] },
        { name: 'two-parts', version: '2.5' },
      ],
    });
    await index.add({ name: 'one', version: '1.9' });
    const placed = await environments.place(needs('one<2'), lock, PYTHON);
    const code =
      'import one, two_parts, sys; print(one.VERSION, two_parts.VERSION, sum("site-packages" in p for p in sys.path))';
    expect(runIn(placed, code)).toBe('1.2 2.5 1');
    expect(() => runIn(placed, 'import pip')).toThrow("No module named 'pip'");
    expect(placed).toMatchObject({ programs: `${placed?.mounts[0]?.target}/bin`, notes: ['installed 2 packages'] });
    expect(placed?.mounts.every(({ writable }) => !writable)).toBe(true);
  });

  it('are there again without the index, also when they were thrown away', async () => {
    const root = testFolder();
    const own = await PackageServer.start([{ name: 'one', version: '1.0' }]);
    const first = await open(root, { index: own.address });
    const lock = await first.lock(needs('one'), PYTHON);
    await (await first.place(needs('one'), lock, PYTHON))?.release();
    await own.close();
    const second = await open(root, { index: own.address });
    const again = await second.place(needs('one'), lock, PYTHON);
    expect([runIn(again, 'import one; print(one.VERSION)'), again?.notes]).toEqual(['1.0', []]);
    rmSync(again?.mounts[0]?.source ?? '', { recursive: true });
    expect(runIn(await second.place(needs('one'), lock, PYTHON), 'import one; print(one.VERSION)')).toBe('1.0');
  });

  it.each([
    ['one==3.3', 'dependency_version_not_found', /one==3\.3/],
    ['no-such-thing', 'dependency_not_found', /there is no package no-such-thing/],
    ['only-source', 'dependency_without_wheel', /only-source(==1\.0)? has no wheel for Python 3/],
    ['elsewhere', 'dependency_without_wheel', /elsewhere(==1\.0)? has no wheel for Python 3/],
    ['one==2.0,two-parts>=2', 'dependency_conflict', /do not fit together/],
    ['asks-for-address', 'dependency_refused', /may/],
    ['asks-for-repository', 'dependency_refused', /may/],
    ['asks-for-file', 'dependency_refused', /may/],
  ])('say what is wrong with %s: %s', async (text, code, message) => {
    const environments = await open();
    const error = await codeOf(environments.lock(needs(...text.split(',')), PYTHON));
    expect({ code: error.code, message: error.message, hint: error.hint }).toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/\.$/),
    });
    expect(error.message).not.toMatch(/\/tmp|\/root|\/home/);
    expect(error.isPassing).toBe(false);
  });

  it('say which Python is wanted, by a package or by the code', async () => {
    const environments = await open();
    const ofPackage = await codeOf(environments.lock(needs('for-later'), PYTHON));
    expect(ofPackage.code).toBe('dependency_python');
    expect(ofPackage.message).toMatch(/for-later.*Python 3|Python 3.*for-later/);
    const ofCode = await codeOf(environments.lock({ requirements: ['one'], requiresPython: '>=3.99' }, PYTHON));
    expect(ofCode).toMatchObject({ code: 'dependency_python', message: expect.stringContaining('>=3.99') });
  });

  it('refuse a wheel that is not the one that was locked', async () => {
    const own = await PackageServer.start([{ name: 'one', version: '1.0' }]);
    const lock = await (await open(testFolder(), { index: own.address })).lock(needs('one'), PYTHON);
    await own.add({ name: 'one', version: '1.0', files: { 'one/more.py': 'x = 1\n' } });
    const root = testFolder();
    const error = await codeOf((await open(root, { index: own.address })).place(needs('one'), lock, PYTHON));
    await own.close();
    expect(error).toMatchObject({ code: 'dependency_changed', isPassing: false });
    expect(readdirSync(join(root, 'envs'))).toEqual([]);
  });

  it.each(['climbs', 'climbs-by-name'])('keep what a wheel has where it belongs: %s', async (name) => {
    const root = testFolder();
    const environments = await open(root);
    const lock = await environments.lock(needs(name), PYTHON);
    const placed = await environments.place(needs(name), lock, PYTHON).catch((error: EnvironmentError) => error);
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('climbed.py'),
    );
    expect(found).toEqual([]);
    expect(existsSync('/tmp/datamaker-climbed.py')).toBe(false);
    // pip refuses the wheel; uv leaves the file out, and has the rest.
    if (tool === 'pip') expect((placed as EnvironmentError).code).toBe('dependency_refused');
    else expect((placed as PlacedEnvironment).mounts).toHaveLength(1);
  });

  it('have compiled modules of wheels for this system', async () => {
    const of = (code: string): string => execFileSync(PYTHON, ['-I', '-c', code], { encoding: 'utf8' }).trim();
    const folder = of('import os; print(os.path.dirname(os.__file__) + "/lib-dynload")');
    const file = readdirSync(folder).find((one) => /^_[a-z]+\.cpython-.*\.so$/.test(one)) ?? '';
    const tag = of(
      'import sys, sysconfig; v = "cp%d%d" % sys.version_info[:2]; print(v, v, sysconfig.get_platform().replace("-", "_").replace(".", "_"), sep="-")',
    );
    await index.add({
      name: 'native',
      version: '1.0',
      tag,
      files: { [`native/${file}`]: readFileSync(join(folder, file)) },
    });
    const environments = await open();
    const lock = await environments.lock(needs('native'), PYTHON);
    const placed = await environments.place(needs('native'), lock, PYTHON);
    const module = file.split('.')[0];
    expect(runIn(placed, `import native.${module} as m; print(m.__file__.endswith(".so"))`)).toBe('True');
  });

  it('come from an index with a password, which nobody sees', async () => {
    const own = await PackageServer.start([{ name: 'one', version: '1.0' }]);
    own.credentials = 'reader:s3cret-word';
    const at = (password: string): string => own.address.replace('://', `://reader:${password}@`);
    const lock = await (await open(testFolder(), { index: at('s3cret-word') })).lock(needs('one'), PYTHON);
    expect(lock.packages).toMatchObject([{ name: 'one', version: '1.0' }]);
    expect(JSON.stringify(lock)).not.toContain('127.0.0.1');
    const refused = await codeOf((await open(testFolder(), { index: at('wr0ng-word') })).lock(needs('one'), PYTHON));
    expect(refused.code).toMatch(/^(package_index_unreachable|dependency_not_found)$/);
    expect(refused.message).not.toContain('wr0ng-word');
    await own.close();
    const gone = await codeOf((await open(testFolder(), { index: at('s3cret-word') })).lock(needs('one'), PYTHON));
    expect(gone).toMatchObject({ code: 'package_index_unreachable', isPassing: true });
    expect(gone.message).not.toContain('s3cret-word');
  });

  it('keep programs that packages bring', async () => {
    await index.add({
      name: 'greets',
      version: '1.0',
      files: {
        'greets/tool.py': 'def main(): print("good day")\n',
        'greets-1.0.dist-info/entry_points.txt': '[console_scripts]\ngreets = greets.tool:main\n',
      },
    });
    const environments = await open();
    const lock = await environments.lock(needs('greets'), PYTHON);
    const placed = await environments.place(needs('greets'), lock, PYTHON);
    const program = join(placed?.mounts[0]?.source ?? '', 'bin', 'greets');
    expect(execFileSync(program, { encoding: 'utf8' })).toBe('good day\n');
  });

  it('stop when their time is over', async () => {
    const silent = await PackageServer.start([]);
    silent.isSilent = true;
    const begun = performance.now();
    const late = await codeOf(
      (await open(testFolder(), { index: silent.address, lockMs: 1500 })).lock(needs('one'), PYTHON),
    );
    await silent.close();
    expect(late).toMatchObject({ code: 'environment_timeout', isPassing: true });
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
