// npm start: installs, builds when stale, and serves. Runs on any Node from 20 on, without dependencies.
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { at, fail } from './lib/workspace.mjs';

const node = await setUp();
// By the channel the server notices when this process is killed without a word; see packages/cli/src/main.ts.
const status = await run(node, [at('packages', 'cli', 'bin', 'datamaker.mjs'), 'serve', ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, DATAMAKER_LAUNCHER: String(process.pid) },
}).catch((error) => fail(`The server could not be started on ${node}: ${error.message}`));
process.exit(status);
