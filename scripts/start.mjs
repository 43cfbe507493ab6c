// npm start: installs, builds when stale, and serves. Runs on any Node from 20 on, without dependencies.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setUp } from './lib/set-up.mjs';
import { at, fail } from './lib/workspace.mjs';

const node = await setUp();
// By the channel the server notices when this process is killed without a word; see packages/cli/src/main.ts.
const server = spawn(node, [at('packages', 'cli', 'bin', 'datamaker.mjs'), 'serve', ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, DATAMAKER_LAUNCHER: String(process.pid) },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('error', (error) => fail(`The server could not be started on ${node}: ${error.message}`));
server.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
