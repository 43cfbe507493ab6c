// npm test: installs and builds like npm start, then checks everything. Fails when anything fails.
import { spawnSync } from 'node:child_process';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { runtime } from './lib/runtime.mjs';
import { at, root } from './lib/workspace.mjs';

install();
const node = runtime();
build(node);

const bin = (...path) => at('node_modules', ...path);
const steps = [
  ['format and lint', [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']],
  ['boundaries', [at('scripts', 'boundaries.mjs')]],
  ['types', [bin('typescript', 'bin', 'tsc'), '-p', at('tsconfig.test.json')]],
  ['tests', [bin('vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)]],
];
const failed = [];
for (const [name, command] of steps) {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const { status } = spawnSync(node, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`  ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
