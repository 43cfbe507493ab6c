// Tests the random source with dieharder and writes docs/reference/random-source.md. Needs gcc and Debian's dieharder:
//   apt-get install gcc dieharder && node scripts/test-random.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from './lib/workspace.mjs';

const STREAMS = [
  'rows × 39 fields, row by row',
  'one field down the rows',
  'two fields with neighbouring paths',
  '256 draws of one field',
  'one field under the seeds "0" to "63"',
  'rows 2^20 apart',
  'blocks of columns, 4,096 rows each',
  'top nibbles of 8 fields',
  'low halves of the words alone',
  'children: row × 5 + i',
  'remainders of multiply-shift draws (what chained draws are made of)',
];
// Numbers of dieharder's tests: diehard 0 2 4 8 9 13 15 17, sts_serial 102, and its own 205 to 209.
const TESTS = [0, 2, 4, 8, 9, 13, 15, 102, 205, 206, 207, 208, 209];
const FAULTS = [
  { stream: 5, fault: 1, what: 'seed and row added without hashing the seed' },
  { stream: 2, fault: 2, what: 'no multiplication in the mixer' },
];

const program = join(mkdtempSync(join(tmpdir(), 'streams-')), 'streams');
execFileSync('gcc', ['-O2', '-o', program, at('test', 'random', 'streams.c')]);

function run(stream, fault) {
  const counts = { PASSED: 0, WEAK: 0, FAILED: 0 };
  for (const test of TESTS) {
    const command = `'${program}' ${stream} ${fault} 2>/dev/null | nice -n 19 dieharder -g 200 -d ${test} -D test_name -D pvalues -D assessment`;
    const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    for (const [, word] of stdout.matchAll(/(PASSED|WEAK|FAILED)/g)) counts[word]++;
  }
  console.error(`stream ${stream} fault ${fault}: ${JSON.stringify(counts)}`);
  return counts;
}

const cells = ({ PASSED, WEAK, FAILED }) => `${PASSED + WEAK + FAILED} | ${WEAK} | ${FAILED}`;
const streams = STREAMS.map((what, i) => `| ${i + 1} | ${what} | ${cells(run(i + 1, 0))} |`);
const faults = FAULTS.map(({ stream, fault, what }) => `| ${stream} | ${what} | ${cells(run(stream, fault))} |`);
const version = /version (\S+)/.exec(execFileSync('dieharder', ['-l'], { encoding: 'utf8' }))?.[1] ?? '';

const path = at('docs', 'reference', 'random-source.md');
const head = readFileSync(path, 'utf8').split('<!-- results -->')[0];
writeFileSync(
  path,
  `${head}<!-- results -->
Made on ${new Date().toISOString().slice(0, 10)} by \`node scripts/test-random.mjs\` (dieharder ${version}, tests ${TESTS.join(', ')}). A p-value
under 0.005 or over 0.995 is called weak, which chance alone makes of one test in a hundred; under 0.000001 it is a failure.

| stream | what | p-values | weak | failed |
|--:|---|--:|--:|--:|
${streams.join('\n')}

The same tests see planted faults:

| stream | fault | p-values | weak | failed |
|--:|---|--:|--:|--:|
${faults.join('\n')}
`,
);
