// npm run release -- 0.2.0 [--dry-run] [--no-packages] [--out folder]: a commit and a tag of a version, and what is published of it as files.
// It publishes nothing: it prints the commands that do. docs/how-to/release.md says what comes before and after.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './lib/run.mjs';
import { at, fail, root } from './lib/workspace.mjs';
import { moveUnreleased } from './release/move-unreleased.mjs';
import { inOrder, setVersions, versionOf } from './release/set-versions.mjs';
import { writeSums } from './release/write-sums.mjs';
import { billOfMaterials } from './supply/bill-of-materials.mjs';
import { readSupply } from './supply/read-supply.mjs';

const USAGE = 'usage: npm run release -- <version> [--dry-run] [--no-packages] [--out folder]';
const { values, positionals } = readArguments();
const [version = ''] = positionals;
const tag = `v${version}`;
const out = resolve(values.out ?? at('dist', `release-${version}`));
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();

const changelog = check();
if (values['dry-run']) {
  console.log(`Nothing was changed. It would set ${version} in all packages, move the changelog, write to ${out},`);
  console.log(`commit "Release ${version}" and tag it ${tag}. Then:\n`);
  for (const line of publishing()) console.log(`  ${line}`);
  process.exit(0);
}

mkdirSync(out, { recursive: true });
if (readdirSync(out).length > 0) fail(`${out} is not empty: remove it, or name another folder with --out.`);
const head = git('rev-parse', 'HEAD');
try {
  const changed = ['CHANGELOG.md', ...setVersions(root, version)];
  writeFileSync(at('CHANGELOG.md'), changelog);
  if (!values['no-packages']) await pack();
  const { lock, python } = readSupply(root);
  const bill = `${JSON.stringify(billOfMaterials(lock, version, python), undefined, 2)}\n`;
  writeFileSync(join(out, `datamaker-${version}.cdx.json`), bill);
  writeSums(out);
  git('add', '--', ...changed);
  git('commit', '--quiet', '--message', `Release ${version}`);
  git('tag', '--annotate', tag, '--message', `DataMaker ${version}`);
} catch (error) {
  // The tree was clean: all that differs was written here, and a commit without its tag is none of a release.
  git('reset', '--quiet', '--hard', head);
  rmSync(out, { recursive: true, force: true });
  fail(`${error.message}\nNothing was released: the files are as they were.`);
}
console.log(
  `Release ${version} is committed and tagged ${tag}; its files are in ${out}. Nobody has it yet. To publish it:\n`,
);
for (const line of publishing()) console.log(`  ${line}`);

/** Ends when there is something in the way. @returns the changelog of the release */
function check() {
  const [numbers, before] = [version, versionOf(root)].map((text) =>
    /^(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number),
  );
  if (numbers === undefined) fail(`${JSON.stringify(version)} is no version such as 0.2.0.\n${USAGE}`);
  const higher = numbers.findIndex((number, index) => number !== before[index]);
  if (higher !== -1 && numbers[higher] < before[higher])
    fail(`${version} is before ${versionOf(root)}, which packages have.`);
  if (git('tag', '--list', tag) !== '') fail(`${version} is released already: there is the tag ${tag}.`);
  const dirty = git('status', '--porcelain');
  if (dirty !== '') fail(`The checkout has changes: commit them or put them away first.\n${dirty}`);
  try {
    return moveUnreleased(readFileSync(at('CHANGELOG.md'), 'utf8'), version, new Date().toISOString().slice(0, 10));
  } catch (error) {
    return fail(`${error.message}.`);
  }
}

async function pack() {
  const status = await run(process.execPath, [at('scripts', 'pack.mjs'), '--out', out], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`The packages could not be made: scripts/pack.mjs ended with ${status}.`);
}

/** What publishes it, in the order in which one needs the other. */
function publishing() {
  const folder = relative(process.cwd(), out) || '.';
  const archives = inOrder(root).map((name) => `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  return [
    ...archives.map((name) => `npm publish --access public ${join(folder, name)}`),
    `python3 -m twine upload ${join(folder, `datamaker-${version}-py3-none-any.whl`)}`,
    `docker build --file deploy/docker/Dockerfile --tag datamaker:${version} .`,
    `git push origin HEAD ${tag}`,
  ];
}

function readArguments() {
  const options = { 'dry-run': { type: 'boolean' }, 'no-packages': { type: 'boolean' }, out: { type: 'string' } };
  try {
    const given = parseArgs({ options, allowPositionals: true });
    if (given.positionals.length !== 1) fail(USAGE);
    return given;
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`);
  }
}
