import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '../testing/servers.ts';
import { ProcessFolder } from './process-folder.ts';
import { removeTree } from './remove-tree.ts';

let parent: string;
beforeEach(() => {
  parent = temporaryFolder();
});
afterEach(() => removeFolder(parent));

const MODULE = new URL('process-folder.ts', import.meta.url).href;
/** The folder of a process that has ended without a word. */
function leave(): string {
  const code = `const { ProcessFolder } = await import(${JSON.stringify(MODULE)});
    console.log((await ProcessFolder.open(${JSON.stringify(parent)})).path);
    process.kill(process.pid, 'SIGKILL');`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }).stdout.trim();
}

describe('folders of processes', () => {
  it('of the dead are cleared away with what is in them, those of the living are not', async () => {
    const living = await ProcessFolder.open(parent);
    writeFileSync(join(living.path, 'file'), '');
    const left = leave();
    mkdirSync(join(left, 'run', 'workspace'), { recursive: true });
    const second = await ProcessFolder.open(parent);
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(living.path).sort()).toEqual(['file']);
    await second.close();
    await living.close();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('of a process whose id another one has now are cleared away', async () => {
    const own = await ProcessFolder.open(parent);
    const [pid, start, place] = own.path.slice(parent.length + 1).split('-');
    const earlier = join(parent, `${pid}-${Number(start) - 1}-${place}-x`);
    mkdirSync(earlier);
    await (await ProcessFolder.open(parent)).close();
    expect(existsSync(earlier)).toBe(false);
    expect(existsSync(own.path)).toBe(true);
    await own.close();
  });

  it('of other hosts stay until they have been silent for a quarter of an hour', async () => {
    const silent = (name: string, minutes: number): string => {
      const path = join(parent, name);
      const at = Date.now() / 1000 - minutes * 60;
      mkdirSync(path);
      utimesSync(path, at, at);
      return path;
    };
    const [living, dead] = [silent('1-2-abcdefabcdef-x', 14), silent('1-2-abcdefabcdef-y', 16)];
    await (await ProcessFolder.open(parent)).close();
    expect([existsSync(living), existsSync(dead)]).toEqual([true, false]);
  });
});

it('a tree is removed however deep it is, and whatever its rights are', async () => {
  const path = join(parent, 'tree');
  mkdirSync(join(path, 'shut', 'inside'), { recursive: true, mode: 0o700 });
  const deep = `mkdir -p "${path}" && cd "${path}" && for n in $(seq 60); do mkdir "${'d'.repeat(200)}" && cd "${'d'.repeat(200)}" || exit 1; done`;
  expect(spawnSync('bash', ['-c', deep]).status).toBe(0);
  spawnSync('chmod', ['000', join(path, 'shut')]);
  await removeTree(path);
  expect(existsSync(path)).toBe(false);
  await removeTree(path);
});
