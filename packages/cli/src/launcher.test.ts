import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { execute, temporaryFolder } from './testing/run-datamaker.ts';

const BIN = fileURLToPath(new URL('../bin/datamaker.mjs', import.meta.url));
const NODE_MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const PINNED = join(NODE_MODULES, `node-${process.platform}-${process.arch}`);

/** Makes a Node say that it is an old one; the launcher looks at nothing else. */
const OLD = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.11.1"})';

/** The launcher in a folder of its own, with a program that is `main` and, when wanted, the packages of the workspace. */
function install(main?: string, withPackages = true): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  copyFileSync(BIN, join(folder, 'bin/datamaker.mjs'));
  if (withPackages) symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
  if (main !== undefined) {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'dist/main.js'), main);
  }
  return join(folder, 'bin/datamaker.mjs');
}

const node = (...words: string[]) => execute([process.execPath, ...words], {});

describe('the launcher', () => {
  it('runs the program on a Node that is new enough', async () => {
    const bin = install('console.log(process.argv.slice(2).join()); process.exitCode = 7;');
    expect(await node(bin, 'a', '-b')).toMatchObject({ code: 7, stdout: Buffer.from('a,-b\n'), stderr: '' });
  });

  it('says in one line what to do when nothing is built', async () => {
    const { code, stderr } = await node(install());
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: datamaker is not built yet: run `npm start`.*\n$/);
  });

  it('says in one line what to do when no Node is new enough', async () => {
    const { code, stderr } = await node('--import', OLD, install('', false));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: datamaker needs Node 22\.18 or newer, this is 20\.11\.1: .*\n$/);
  });

  describe.runIf(existsSync(PINNED))('on an old Node', () => {
    it('runs the program on the pinned one and hands on words, output and exit code', async () => {
      const bin = install('console.log(process.execPath, process.argv.slice(2).join()); process.exitCode = 7;');
      const { code, stdout } = await node('--import', OLD, bin, 'a', '-b');
      expect(code).toBe(7);
      expect(stdout.toString()).toBe(`${join(PINNED, 'bin/node')} a,-b\n`);
    });

    it('ends with 128 and the signal when the program was killed by one', async () => {
      expect(
        await node('--import', OLD, install('process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 1e9);')),
      ).toMatchObject({ code: 137 });
    });

    it('hands signals on and waits for the program to end', async () => {
      const bin = install(
        'process.on("SIGTERM", () => process.exit(5)); setTimeout(() => {}, 1e9); console.log("ready");',
      );
      const child = spawn(process.execPath, ['--import', OLD, bin], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => void child.kill('SIGKILL'));
      const code = new Promise((resolve) => child.on('close', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      child.kill('SIGTERM');
      expect(await code).toBe(5);
    });

    it('takes the program with it when it is killed without a word', async () => {
      const main = fileURLToPath(new URL('./main.ts', import.meta.url));
      const folder = temporaryFolder();
      const bin = install(`await import(${JSON.stringify(main)});`);
      const template = join(folder, 't.json');
      writeFileSync(template, '{"fields":[{"name":"a","type":"uuid"}]}');
      const child = spawn(process.execPath, ['--import', OLD, bin, 'generate', template, '-n', '1e12', '-s', '1'], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '--conditions=datamaker-source' },
      });
      // The pipe closes only when the program, which holds it too, has ended.
      const closed = new Promise((resolve) => child.on('close', resolve));
      await vi.waitUntil(() => child.stdout.readableLength > 0, { timeout: 30_000 });
      child.kill('SIGKILL');
      child.stdout.resume();
      await closed;
    });
  });
});
