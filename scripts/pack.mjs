// npm run pack [-- --out folder]: what is published, as files: the npm packages and the wheel of the Python package.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { at, fail, root } from './lib/workspace.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: at('dist') } } });
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
const node = await setUp();
await quietly(node, [at('scripts', 'docs-site.mjs')]);
await quietly('npm', ['pack', '--workspaces', '--pack-destination', out]);
await quietly('python3', ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', out, at('python', 'sdk')]);
console.log(`Packages are in ${out}`);

/** Runs a program that is heard of only when it fails. */
async function quietly(command, args) {
  const said = [];
  const env = {
    ...process.env,
    npm_config_loglevel: 'error',
    npm_config_json: 'false',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
  };
  const options = { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'], onError: (text) => said.push(text) };
  const status = await run(command, args, options).catch((error) =>
    fail(`${command} could not be started: ${error.message}`),
  );
  if (status !== 0) fail(`${said.join('')}${command} ${args[0]} ended with ${status}.`);
}
