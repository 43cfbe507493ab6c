import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeFolder, temporaryFolder } from '../../testing/servers.ts';
import type { pythonSite as PythonSite } from './python-site.ts';

const DAYS = 24 * 3_600_000;

describe('the folder of the Python package', () => {
  let parent: string;
  beforeEach(() => {
    parent = temporaryFolder();
  });
  afterEach(() => removeFolder(parent));
  /** As another process has it. */
  const another = async (): Promise<typeof PythonSite> => {
    vi.resetModules();
    return (await import('./python-site.ts')).pythonSite;
  };
  const old = (name: string, days: number): string => {
    const path = join(parent, name);
    mkdirSync(join(path, 'datamaker'), { recursive: true });
    const then = new Date(Date.now() - days * DAYS);
    utimesSync(path, then, then);
    return path;
  };

  it('is made once, and those of former versions and dead processes are cleared away when nobody uses them', async () => {
    const first = await another();
    const folder = await first(parent, 'python3');
    expect(existsSync(join(folder, 'datamaker', '__init__.py'))).toBe(true);
    const used = old('0123456789abcdef', 6);
    const gone = [old('fedcba9876543210', 8), old('fedcba9876543210.01234567-89ab-cdef-0123-456789abcdef', 8)];
    const theirs = old('somebody-elses', 100);
    // A run that began long ago is no use of it, one of now is.
    old(folder.slice(parent.length + 1), 30);
    expect(await first(parent, 'python3')).toBe(folder);
    expect(await (await another())(parent, 'python3')).toBe(folder);
    expect([folder, used, theirs].map((path) => existsSync(path))).toEqual([true, true, true]);
    expect(gone.map((path) => existsSync(path))).toEqual([false, false]);
    expect(readdirSync(parent)).toHaveLength(3);
  });

  it('is made again where it was cleared away', async () => {
    const site = await another();
    const folder = await site(parent, 'python3');
    rmSync(folder, { recursive: true });
    expect(await site(parent, 'python3')).toBe(folder);
    expect(existsSync(join(folder, 'datamaker', '__init__.py'))).toBe(true);
  });
});
