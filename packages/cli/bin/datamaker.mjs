#!/usr/bin/env node
// Starts `datamaker`. It is plain JavaScript that any Node from 18 on can read, because its one job is to see to it
// that the program itself runs on Node 22.18 or newer: this Node when it is new enough, else the one that the npm
// packages node-<platform>-<arch> put into node_modules.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FLOOR = [22, 18];
const program = new URL('../dist/main.js', import.meta.url);

if (!existsSync(program)) {
  fail('datamaker is not built yet: run `npm start`, `npm test` or `npm run build` in the checkout first');
} else if (isNewEnough(process.versions.node)) {
  module.enableCompileCache?.();
  // Stack traces name sources then, for a tenth more of each start.
  if (process.env.DATAMAKER_DEBUG === '1') process.setSourceMapsEnabled(true);
  await import(program.href);
} else {
  const node = pinnedNode();
  if (node === undefined) {
    fail(
      `datamaker needs Node ${FLOOR.join('.')} or newer, this is ${process.versions.node}: install a newer Node, or run \`npm ci\` in the checkout`,
    );
  } else {
    await runOn(node);
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1]);
}

/** The Node that npm installed beside us, if any. */
function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const manifest = module.createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`);
    const node = join(dirname(manifest), 'bin', platform === 'win' ? 'node.exe' : 'node');
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs the same command on another Node and passes on what it ends with. Node 20 cannot replace its own process, so
 * there are two: signals sent to this one are handed on, and the channel between them tells the other when this one is
 * killed without a word.
 */
async function runOn(node) {
  // Only here: it is not for nothing.
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, DATAMAKER_LAUNCHER: String(process.pid) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => fail(`datamaker could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = 1;
}
