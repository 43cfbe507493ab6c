import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../sandbox/testing/test-folder.ts';
import { ABOUT, EnvironmentShelf } from './environment-shelf.ts';
import { Environments } from './environments.ts';
import { PackageServer } from './testing/package-server.ts';
import { runIn } from './testing/run-in.ts';
import { uvForTests } from './testing/uv-for-tests.ts';

const ROUNDS = process.env['FULL'] === '1' ? 20 : 4;
const fill = (bytes: number) => (folder: string) => writeFile(join(folder, ABOUT), JSON.stringify({ bytes }));
const LONG_AGO = new Date(Date.now() - 3_600_000);

describe('a shelf of environments', () => {
  const shelfOf = async (maxBytes: number) => {
    const root = testFolder();
    const shelf = new EnvironmentShelf(root, maxBytes);
    await shelf.sweep();
    const names = (): string[] => readdirSync(join(root, 'envs')).sort();
    const age = (key: string, seconds: number): void => {
      const then = new Date(LONG_AGO.getTime() - seconds * 1000);
      utimesSync(join(root, 'envs', key, ABOUT), then, then);
    };
    return { root, shelf, names, age };
  };

  it('makes one once for all that ask at the same time', async () => {
    const { shelf } = await shelfOf(100);
    let made = 0;
    const build = async (folder: string): Promise<void> => {
      made++;
      await fill(10)(folder);
    };
    const held = await Promise.all(Array.from({ length: 8 }, () => shelf.take('a', build)));
    expect([made, new Set(held.map(({ path }) => path)).size]).toEqual([1, 1]);
  });

  it('has nothing of one that could not be made, and makes it when it is asked again', async () => {
    const { root, shelf, names } = await shelfOf(100);
    const fails = async (folder: string): Promise<void> => {
      writeFileSync(join(folder, 'half'), '');
      throw new Error('no');
    };
    await expect(shelf.take('a', fails)).rejects.toThrow('no');
    expect([names(), readdirSync(join(root, 'tmp')), readdirSync(join(root, 'uses'))]).toEqual([[], [], []]);
    expect((await shelf.take('a', fill(1))).isNew).toBe(true);
  });

  it('throws away what was not used for longest, and never what is in use', async () => {
    const { shelf, names, age } = await shelfOf(30);
    const held = await shelf.take('a', fill(10));
    for (const key of ['b', 'c']) await (await shelf.take(key, fill(10))).release();
    for (const [at, key] of ['a', 'b', 'c'].entries()) age(key, 100 - at);
    await (await shelf.take('d', fill(10))).release();
    // `a` is the oldest, and somebody has it.
    expect(names()).toEqual(['a', 'c', 'd']);
    await held.release();
    for (const key of ['a', 'c', 'd']) age(key, key === 'a' ? 100 : 0);
    await (await shelf.take('e', fill(10))).release();
    expect(names()).toEqual(['c', 'd', 'e']);
  });

  it('keeps what another process uses, and what was used a moment ago', async () => {
    const { root, shelf, names, age } = await shelfOf(10);
    await (await shelf.take('a', fill(10))).release();
    await (await shelf.take('b', fill(10))).release();
    expect(names()).toEqual(['a', 'b']);
    for (const key of ['a', 'b']) age(key, 0);
    const other = spawn('sleep', ['60']);
    const began = `${other.pid}-${await beganAt(other.pid ?? 0)}`;
    writeFileSync(join(root, 'uses', `a.${began}.0`), '');
    writeFileSync(join(root, 'uses', 'b.1-1.0'), '');
    await shelf.shrink();
    expect(names()).toEqual(['a']);
    other.kill('SIGKILL');
    await once(other, 'exit');
    await (await shelf.take('c', fill(10))).release();
    expect(names()).toEqual(['c']);
  });
});

describe('environments of several processes', () => {
  let index: PackageServer;
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`many/m${n}.py`, `x = ${n}\n`]));
  beforeAll(async () => {
    index = await PackageServer.start([{ name: 'many', version: '1.0', files }]);
  });
  afterAll(() => index?.close());
  const settings = () => ({
    index: index.address,
    preinstalled: false,
    lockMs: 60_000,
    tool: 'uv' as const,
    uv: uvForTests(),
  });
  const program = fileURLToPath(new URL('testing/place-process.ts', import.meta.url));
  const start = async (root: string, lock: string) => {
    const args = ['--conditions=datamaker-source', program, root, JSON.stringify(settings()), lock];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const exited = once(child, 'exit');
    expect((await lines.next()).value).toBe('ready');
    return {
      child,
      exited,
      go: () => child.stdin.write('go\n'),
      place: async () => (await lines.next()).value as string,
    };
  };
  const locked = async (): Promise<{ file: string; lock: Awaited<ReturnType<Environments['lock']>> }> => {
    const environments = await Environments.open(testFolder(), settings());
    const lock = await environments.lock({ requirements: ['many'], requiresPython: null }, 'python3');
    const file = join(testFolder(), 'lock.json');
    writeFileSync(file, JSON.stringify(lock));
    return { file, lock };
  };
  const WHOLE = 'import many, pkgutil; print(len(list(pkgutil.iter_modules(many.__path__))))';

  it(`that make the same at once have it whole (${ROUNDS} rounds)`, async () => {
    const { file, lock } = await locked();
    for (let round = 0; round < ROUNDS; round++) {
      const root = testFolder();
      const both = await Promise.all([start(root, file), start(root, file)]);
      for (const { go } of both) go();
      const [one, other] = await Promise.all(both.map(({ place }) => place()));
      expect(one).toBe(other);
      await Promise.all(both.map(({ exited }) => exited));
      const environments = await Environments.open(root, settings());
      const placed = await environments.place({ requirements: ['many'], requiresPython: null }, lock, 'python3');
      expect([runIn(placed, WHOLE), placed?.notes]).toEqual(['200', []]);
      expect(readdirSync(join(root, 'envs'))).toHaveLength(1);
      expect(readdirSync(join(root, 'tmp'))).toEqual([]);
    }
  });

  it(`of which one is killed while it makes one leave nothing half (${ROUNDS} rounds)`, async () => {
    const { file, lock } = await locked();
    const root = testFolder();
    for (let round = 0; round < ROUNDS; round++) {
      const { child, exited, go } = await start(root, file);
      go();
      // Once it has begun, at some moment of the work.
      while (readdirSync(join(root, 'tmp')).length === 0 && child.exitCode === null) await new Promise(setImmediate);
      const moment = performance.now() + (round * 400) / ROUNDS;
      while (performance.now() < moment) await new Promise(setImmediate);
      child.kill('SIGKILL');
      await exited;
      for (const key of readdirSync(join(root, 'envs'))) expect(existsSync(join(root, 'envs', key, ABOUT))).toBe(true);
    }
    const environments = await Environments.open(root, settings());
    expect([readdirSync(join(root, 'tmp')), readdirSync(join(root, 'uses'))]).toEqual([[], []]);
    const placed = await environments.place({ requirements: ['many'], requiresPython: null }, lock, 'python3');
    expect(runIn(placed, WHOLE)).toBe('200');
  });
});

async function beganAt(pid: number): Promise<string | undefined> {
  const { identityOf } = await import('./process-identity.ts');
  return identityOf(pid)?.split('-')[1];
}
