// npm start: installs, builds when stale, and serves. Runs on any Node from 20 on, without dependencies.
import { spawn } from 'node:child_process';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { runtime } from './lib/runtime.mjs';
import { at } from './lib/workspace.mjs';

install();
const node = runtime();
build(node);
const server = spawn(node, [at('packages', 'cli', 'bin', 'datamaker.mjs'), 'serve', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
