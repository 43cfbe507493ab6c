// npm test: installs and builds like npm start, then checks everything. Fails when anything fails.
// npm run test:full does the same with FULL=1: larger samples, and the two commands in a fresh clone.
import { rmSync } from 'node:fs';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { missingPackages } from './lib/system-packages.mjs';
import { at, root, textOf } from './lib/workspace.mjs';

const [first, ...others] = process.argv.slice(2);
const full = first === '--full';
const filters = full ? others : process.argv.slice(2);

const node = await setUp();

const bin = (...path) => at('node_modules', ...path);
const results = at('node_modules', `.datamaker-tests.${process.pid}.json`);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const steps = [
  ['format and lint', [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']],
  ['boundaries', [at('scripts', 'boundaries.mjs')]],
  ['licences', [at('scripts', 'licences.mjs')]],
  ['types', [bin('typescript', 'bin', 'tsc'), '-p', at('tsconfig.test.json')]],
  ['tests', [bin('vitest', 'vitest.mjs'), 'run', ...reporters, ...filters]],
];
const env = full ? { ...process.env, FULL: '1' } : process.env;
const failed = [];
for (const [name, command] of steps) {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const status = await run(node, command, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status > 128) process.exit(status);
  console.log(`  ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}

const missing = missingPackages();
if (failed.length > 0 && missing.length > 0) {
  console.log(`\nTests that need ${missing.join(', ')} fail here. To install: apt-get install ${missing.join(' ')}`);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
console.log(countsOf(textOf(results)));
rmSync(results, { force: true });
process.exit(failed.length === 0 ? 0 : 1);

/** One line with how many tests there were. @param json the results as Vitest writes them, or undefined when it did not */
function countsOf(json) {
  if (json === undefined) return 'No test was run.';
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(json);
  const skipped = numPendingTests + numTodoTests;
  return `${numPassedTests} passed, ${numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
