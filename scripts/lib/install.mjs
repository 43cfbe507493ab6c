import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { at, fail, root, sha256, textOf } from './workspace.mjs';

const stamp = at('node_modules', '.datamaker-install');

const wanted = () => sha256(textOf(at('package-lock.json')) ?? '');

/** Whether the dependencies are there, and from the lockfile as it is now. */
export const isInstalled = () => textOf(stamp) === wanted();

/** Installs the locked dependencies. */
export function install() {
  console.error('Installing dependencies …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  // Not `npm ci`: it fails where a registry lacks the optional binaries of other platforms. The lockfile still decides.
  // Packages declare newer Node versions than the one at hand: they run on the pinned one (runtime.mjs).
  const flags = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'];
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' };
  const { status, error, stderr } = spawnSync(command, [...first, 'install', ...flags], options);
  if (status !== 0) {
    const said = (stderr ?? '').split('\n').filter((line) => line.startsWith('npm error'));
    console.error(said.slice(0, 5).join('\n'));
    fail(`Dependencies could not be installed${error ? `: ${error.message}` : ''}. Check the network and try again.`);
  }
  mkdirSync(at('node_modules'), { recursive: true });
  writeFileSync(stamp, wanted());
}
