import { mkdirSync, writeFileSync } from 'node:fs';
import { run } from './run.mjs';
import { at, fail, root, sha256, textOf } from './workspace.mjs';

const stamp = at('node_modules', '.datamaker-install');

const wanted = () => sha256(textOf(at('package-lock.json')) ?? '');

/** Whether the dependencies are there, and from the lockfile as it is now. */
export const isInstalled = () => textOf(stamp) === wanted();

// Not `npm ci`: it fails where a registry lacks the optional binaries of other platforms. The lockfile still decides.
const ARGUMENTS = ['install', '--no-save', '--include=dev', '--include=optional'];
// Packages declare newer Node versions than the one at hand: they run on the pinned one (runtime.mjs).
const QUIETLY = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the locked dependencies. */
export async function install() {
  console.error('Installing dependencies …');
  const npm = process.env.npm_execpath ?? '';
  const [command, first] = /npm-cli\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const said = [];
  const status = await run(command, [...first, ...ARGUMENTS, ...QUIETLY], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    onError: (text) => said.push(text),
  }).catch((error) => fail(`npm could not be started: ${error.message}`));
  if (status > 128) process.exit(status);
  if (status !== 0) {
    const lines = said.join('').split('\n');
    console.error(
      lines
        .filter((line) => line.startsWith('npm error'))
        .slice(0, 5)
        .join('\n'),
    );
    fail('Dependencies could not be installed. Check the network and try again.');
  }
  mkdirSync(at('node_modules'), { recursive: true });
  writeFileSync(stamp, wanted());
}
