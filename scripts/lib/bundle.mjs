import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { at, textOf } from './workspace.mjs';

/** What a package starts besides what it exports: its program, and its worker threads. Paths are below `src`. */
const STARTED = {
  cli: { main: 'main.ts' },
  engine: { worker: 'run/worker.ts' },
  server: { 'import-worker': 'services/import-worker.ts' },
};

/**
 * Writes what packages run as: few files, as each module that is a file of its own costs a start more than its code does
 * (docs/adr/0056-bundles.md). What is imported on demand stays a file of its own; other packages stay where they are.
 * @param names of packages @throws Error when a source cannot be read as code; it has been said then
 */
export async function bundle(names) {
  // Only now: it comes with the dependencies.
  const esbuild = createRequire(at('package.json'))('esbuild');
  await Promise.all(names.map((name) => bundlePackage(esbuild, name)));
}

async function bundlePackage(esbuild, name) {
  const dist = at('packages', name, 'dist');
  const { metafile } = await esbuild.build({
    absWorkingDir: dist,
    entryPoints: entriesOf(name),
    outdir: dist,
    bundle: true,
    splitting: true,
    // All in one folder: what looks for a file beside its own finds it whichever file it ends up in.
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  removeOthers(dist, Object.keys(metafile.outputs));
}

/** By the name of the file that each becomes: exports are called as they are imported, such as `run` for `./run`. */
function entriesOf(name) {
  const { exports = {} } = JSON.parse(readFileSync(at('packages', name, 'package.json'), 'utf8'));
  const exported = Object.entries(exports)
    .filter(([, target]) => target['datamaker-source'] !== undefined)
    .map(([path, target]) => [path === '.' ? 'index' : path.slice(2), at('packages', name, target['datamaker-source'])]);
  const started = Object.entries(STARTED[name] ?? {}).map(([out, path]) => [out, at('packages', name, 'src', path)]);
  return Object.fromEntries([...exported, ...started]);
}

/** Takes away code of earlier builds, but that of the last one: programs that run may not have loaded all of theirs. */
function removeOthers(dist, files) {
  const list = `${dist}/.bundle.json`;
  const keep = new Set([...files, ...JSON.parse(textOf(list) ?? '[]')]);
  writeFileSync(list, JSON.stringify(files));
  for (const file of readdirSync(dist, { recursive: true })) {
    if (/\.js(\.map)?$/.test(file) && !keep.has(file)) rmSync(`${dist}/${file}`);
  }
}
