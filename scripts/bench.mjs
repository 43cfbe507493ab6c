// npm run bench: installs and builds like npm start, then measures. Options: npm run bench -- --help.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { at, fail, root } from './lib/workspace.mjs';

const node = await setUp();
installPeers();
const status = await run(node, [at('test', 'bench', 'bench.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status);

/** DuckDB weighs 70 MB and only the bench needs it, so it is not among the dependencies of the workspace. */
function installPeers() {
  const folder = at('test', 'bench');
  try {
    createRequire(at('test', 'bench', 'package.json')).resolve('@duckdb/node-api');
  } catch {
    const npm = process.env.npm_execpath;
    const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
    const args = [...first, 'install', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = spawnSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) fail('DuckDB could not be installed for the bench: check the network and try again.');
  }
}
