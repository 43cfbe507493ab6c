import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveUnreleased } from './move-unreleased.mjs';
import { inOrder, setVersions } from './set-versions.mjs';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const today = () => new Date().toISOString().slice(0, 10);

describe('a release', () => {
  let folder: string;
  let clone: string;
  let out: string;
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: clone, encoding: 'utf8' }).trim();
  const read = (path: string): string => readFileSync(join(clone, path), 'utf8');
  const release = (...words: string[]) =>
    spawnSync(process.execPath, ['scripts/release.mjs', ...words, '--out', out], { cwd: clone, encoding: 'utf8' });

  /** A clone of what is committed, with the scripts as they are now. Only the last test leaves it otherwise. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'datamaker-release-'));
    [clone, out] = [join(folder, 'clone'), join(folder, 'out')];
    execFileSync('git', ['clone', '--quiet', '--shared', '--no-tags', CHECKOUT, clone]);
    cpSync(join(CHECKOUT, 'scripts'), join(clone, 'scripts'), { recursive: true });
    const changelog = readFileSync(join(CHECKOUT, 'CHANGELOG.md'), 'utf8');
    const news = '## [Unreleased]\n\n### Added\n\n- Something.\n';
    writeFileSync(join(clone, 'CHANGELOG.md'), changelog.replace('## [Unreleased]\n', news));
    git('config', 'user.name', 'Somebody');
    git('config', 'user.email', 'somebody@example.org');
    git('config', 'commit.gpgsign', 'false');
    git('config', 'tag.gpgsign', 'false');
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'As it is');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is told before it is made, and nothing is changed by that', () => {
    const head = git('rev-parse', 'HEAD');
    const { status, stdout, stderr } = release('7.8.9', '--dry-run');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('tag it v7.8.9');
    expect([git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag')]).toEqual([head, '', '']);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses what is no version, goes back, or is of a checkout with changes', () => {
    for (const [words, told] of [
      [['1.2'], 'is no version'],
      [['v1.2.3'], 'is no version'],
      [['0.0.9'], 'is before'],
      [['1.2.3', '--frce'], 'usage:'],
      [[], 'usage:'],
    ] as const) {
      expect(release(...words)).toMatchObject({ status: 1, stderr: expect.stringContaining(told) });
    }
    writeFileSync(join(clone, 'README.md'), 'changed');
    expect(release('1.2.3')).toMatchObject({ status: 1, stderr: expect.stringContaining('README.md') });
    git('checkout', '--quiet', '--', 'README.md');
  });

  it('that fails on the way leaves all as it was', () => {
    // A hook of the operator's that refuses the commit.
    const hook = join(clone, '.git/hooks/pre-commit');
    writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const head = git('rev-parse', 'HEAD');
    const { status, stderr } = release('7.8.9', '--no-packages');
    expect([status, stderr]).toEqual([1, expect.stringContaining('files are as they were')]);
    expect([git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag')]).toEqual([head, '', '']);
    expect(existsSync(out)).toBe(false);
    rmSync(hook);
  });

  it('changes nothing but versions in the files of packages', () => {
    setVersions(clone, JSON.parse(read('packages/engine/package.json')).version);
    expect(git('status', '--porcelain')).toBe('');
    expect(inOrder(clone)).toHaveLength(9);
  });

  it('is a commit, a tag and files, once', () => {
    const made = release('7.8.9', '--no-packages');
    expect(made.stderr).toBe('');
    expect(made.status).toBe(0);
    expect(git('log', '-1', '--format=%s')).toBe('Release 7.8.9');
    expect(git('rev-parse', 'v7.8.9^{commit}')).toBe(git('rev-parse', 'HEAD'));
    expect(git('cat-file', '-t', 'v7.8.9')).toBe('tag');
    expect(git('status', '--porcelain')).toBe('');

    const { version, dependencies } = JSON.parse(read('packages/server/package.json'));
    expect([version, dependencies['@datamaker/engine']]).toEqual(['7.8.9', '7.8.9']);
    const { packages } = JSON.parse(read('package-lock.json'));
    expect(packages['packages/cli']).toMatchObject({
      version: '7.8.9',
      dependencies: { '@datamaker/server': '7.8.9' },
    });
    expect(JSON.parse(read('contracts/openapi.json')).info.version).toBe('7.8.9');
    expect(read('python/sdk/pyproject.toml')).toContain('\nversion = "7.8.9"\n');
    expect(read('deploy/helm/datamaker/Chart.yaml')).toMatch(/^version: 7\.8\.9\nappVersion: 7\.8\.9$/m);
    expect(read('CHANGELOG.md')).toContain(`## [Unreleased]\n\n## [7.8.9] - ${today()}\n\n### `);

    expect(readdirSync(out).sort()).toEqual(['SHA256SUMS', 'datamaker-7.8.9.cdx.json']);
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: out });
    expect(readFileSync(join(out, 'datamaker-7.8.9.cdx.json'), 'utf8')).toContain('pkg:npm/datamaker@7.8.9');
    // Each after what it needs.
    const published = [...made.stdout.matchAll(/npm publish .*?(datamaker[a-z-]*)-7\.8\.9\.tgz/g)].map(
      ([, name]) => name,
    );
    expect(published).toHaveLength(9);
    expect(published.indexOf('datamaker')).toBeLessThan(published.indexOf('datamaker-local'));
    expect(published.indexOf('datamaker-engine')).toBeLessThan(published.indexOf('datamaker-server'));
    expect(published.at(-1)).not.toBe('datamaker-engine');

    const again = release('7.8.9', '--no-packages');
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('released already')]);
    expect(release('7.8.10', '--no-packages').stderr).toContain('nothing under "Unreleased"');
    expect(git('tag')).toBe('v7.8.9');
  });
});

describe('the changelog of a release', () => {
  it('keeps what was released before', () => {
    const text = '# C\n\n## [Unreleased]\n\n### Added\n\n- This\n\n## [0.1.0] - 2026-01-01\n\n- That\n';
    const moved = moveUnreleased(text, '0.2.0', '2026-02-02');
    expect(moved).toBe(
      '# C\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-02\n\n### Added\n\n- This\n\n## [0.1.0] - 2026-01-01\n\n- That\n',
    );
    expect(() => moveUnreleased(moved, '0.3.0', '2026-03-03')).toThrow('nothing under');
    expect(() => moveUnreleased(text, '0.1.0', '2026-03-03')).toThrow('already');
  });
});
