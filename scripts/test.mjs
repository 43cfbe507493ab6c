// npm test: installs and builds like npm start, then checks everything. Fails when anything fails.
// Tests that fail among all others are run once more, alone, and named: what passes then hangs on how busy the machine is.
// npm run test:full does the same with FULL=1: larger samples, and the two commands in a fresh clone.
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { missingPackages } from './lib/system-packages.mjs';
import { at, root, textOf } from './lib/workspace.mjs';

const [first, ...others] = process.argv.slice(2);
const full = first === '--full';
const filters = full ? others : process.argv.slice(2);

const node = await setUp();

/** More files than these fail of a fault, not of a busy machine. */
const MOST_AGAIN = 8;

const bin = (...path) => at('node_modules', ...path);
// Both runs try properties with the same values.
const env = { FAST_CHECK_SEED: String(randomInt(2 ** 31)), ...process.env, ...(full ? { FULL: '1' } : {}) };
const failed = [];

await step('format and lint', [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']);
await step('boundaries', [at('scripts', 'boundaries.mjs')]);
await step('licences', [at('scripts', 'licences.mjs')]);
await step('types', [bin('typescript', 'bin', 'tsc'), '-p', at('tsconfig.test.json')]);
const all = await vitest('tests', filters);
const again = await onceMore(all);

const missing = missingPackages();
if (failed.length > 0 && missing.length > 0) {
  console.log(`\nTests that need ${missing.join(', ')} fail here. To install: apt-get install ${missing.join(' ')}`);
}
tellFailures('Failed among all', all);
tellFailures('Failed alone as well', again);
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
console.log(again === undefined ? countsOf(all) : `${countsOf(all)}; alone ${countsOf(again)}`);
process.exit(failed.length === 0 ? 0 : 1);

/** Runs one check and says how it went. */
async function step(name, command) {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const status = await run(node, command, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status > 128) process.exit(status);
  console.log(`  ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}

/** @returns what became of the tests, as the reporter writes it; undefined when it did not */
async function vitest(name, options) {
  const file = at('node_modules', `.datamaker-tests.${process.pid}.json`);
  env.DATAMAKER_TEST_RESULTS = file;
  const reporters = ['--reporter=default', `--reporter=${at('scripts', 'lib', 'results-reporter.mjs')}`];
  await step(name, [bin('vitest', 'vitest.mjs'), 'run', ...reporters, ...options]);
  const results = JSON.parse(textOf(file) ?? 'null') ?? undefined;
  rmSync(file, { force: true });
  return results;
}

/** Runs the files that failed once more, one after the other. @returns what became of them, or undefined when they were not run */
async function onceMore(results) {
  const files = [...new Set(results?.failures.map(({ file }) => relative(root, file)))];
  // Whose an error is that belongs to no test is not known.
  if (files.length === 0 || files.length > MOST_AGAIN || results.unhandled > 0) return undefined;
  failed.splice(failed.indexOf('tests'), 1);
  return await vitest('tests that failed, alone', [...files, '--maxWorkers=1']);
}

/** One line with how many tests there were. */
function countsOf(results) {
  if (results === undefined) return 'No test was run.';
  const { passed, failed: broken, skipped, unhandled } = results;
  const others = [skipped > 0 ? `, ${skipped} skipped` : '', unhandled > 0 ? `, ${unhandled} errors beside` : ''];
  return `${passed} passed, ${broken} failed${others.join('')}`;
}

/** A line for each test that failed. */
function tellFailures(title, results) {
  if (results === undefined || results.failures.length === 0) return;
  console.log(`\n${title}:`);
  for (const { file, name, message } of results.failures)
    console.log(`  ${relative(root, file)} > ${name}\n    ${message}`);
}
