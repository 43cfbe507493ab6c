import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { bundle } from './bundle.mjs';
import { run } from './run.mjs';
import { at, fail, root } from './workspace.mjs';

const stamp = at('node_modules', '.datamaker-build');
const installed = at('node_modules', '.datamaker-install');

/** Whether no source is newer than the last build. */
export const isBuilt = () => newest() <= mtime(stamp);

/** The package that becomes files for browsers, with the sources of the Python package for its editor, and the time of whose sources it was built from. */
const WEB = 'web';
const webStamp = at('packages', WEB, 'dist', '.built');

/** Checks types, writes declarations, and bundles what has changed. */
export async function build(node) {
  const started = new Date();
  console.error('Building …');
  const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
  // What an earlier build made of dependencies that have changed since is not looked at again otherwise.
  const force = mtime(installed) > mtime(stamp) ? ['--force'] : [];
  const status = await run(node, [tsc, '-b', ...force], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).catch(
    (error) =>
      fail(`${node} does not run here (${error.message}): install Node 24 (https://nodejs.org) and try again.`),
  );
  if (status > 128) process.exit(status);
  if (status !== 0) fail(FAILED);
  await bundle(packages().filter((name) => name !== WEB)).catch(() => fail(FAILED));
  if (newestIn([WEB, 'engine'], isShipped) > mtime(webStamp)) await buildWeb(node, started);
  writeFileSync(stamp, '');
  // A source saved while the build ran is newer than the stamp.
  utimesSync(stamp, started, started);
}

/** In a process of its own: it needs a newer Node than the one at hand may be. */
async function buildWeb(node, started) {
  const status = await run(node, [at('scripts', 'lib', 'build-web.mjs')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status > 128) process.exit(status);
  if (status !== 0) fail(FAILED);
  writeFileSync(webStamp, '');
  utimesSync(webStamp, started, started);
}

const FAILED = 'The build failed: see the errors above.';

const packages = () => readdirSync(at('packages')).filter((name) => mtime(at('packages', name, 'tsconfig.json')) > 0);

const mtime = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Time of the last change to anything that the build reads, and now when a result is missing. */
function newest() {
  const names = packages();
  if (names.some((name) => mtime(at('packages', name, 'dist')) === 0) || mtime(webStamp) === 0) {
    return Number.POSITIVE_INFINITY;
  }
  return newestIn(names);
}

/** Time of the last change to the sources of packages, or to how they are built. @param counts whether a file is looked at, by its name */
function newestIn(names, counts = () => true) {
  const how = [at('tsconfig.json'), at('tsconfig.base.json'), ...SCRIPTS, installed];
  let latest = Math.max(...how.map(mtime));
  for (const name of names) {
    for (const file of ['tsconfig.json', 'package.json', 'index.html', 'public/icon.svg']) {
      latest = Math.max(latest, mtime(at('packages', name, file)));
    }
    const folders = [at('packages', name, 'src'), ...(name === WEB ? [at('python', 'sdk', 'src')] : [])];
    for (const entry of folders.flatMap((one) => readdirSync(one, { recursive: true, withFileTypes: true }))) {
      if (entry.isFile() && counts(entry.name))
        latest = Math.max(latest, mtime(`${entry.parentPath ?? entry.path}/${entry.name}`));
    }
  }
  return latest;
}

const isShipped = (name) => !/\.(test\.tsx?|pyc)$/.test(name);
const SCRIPTS = ['bundle.mjs', 'build-web.mjs', 'compress-files.mjs', 'monaco-styles.mjs'].map((name) =>
  at('scripts', 'lib', name),
);
