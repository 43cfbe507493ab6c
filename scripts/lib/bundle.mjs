import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { at, textOf } from './workspace.mjs';

/** What a package starts besides what it exports: its program, and its worker threads. Paths are below `src`. */
const STARTED = {
  cli: { main: 'main.ts' },
  engine: { worker: 'run/worker.ts' },
  server: { 'import-worker': 'services/import-worker.ts', 'part-thread': 'services/jobs/part-thread.ts' },
};

/** Packages of others that are taken in, with what only they need: many small files that a start reads. */
const TAKEN_IN = { server: ['kysely', 'pg-boss'] };

/** Packages that run in browsers too, and in other runtimes: they are written for none, and for what all of them know. */
const EVERYWHERE = { sdk: { platform: 'neutral', target: 'es2022' } };

/**
 * Writes what packages run as: few files, as each module that is a file of its own costs a start more than its code does
 * (docs/adr/0056-bundles.md). What is imported on demand stays a file of its own; packages that one depends on stay where they are, but those taken in.
 * @param names of packages @throws Error when a source cannot be read as code; it has been said then
 */
export async function bundle(names) {
  // Only now: it comes with the dependencies.
  const esbuild = createRequire(at('package.json'))('esbuild');
  try {
    await Promise.all(names.map((name) => bundlePackage(esbuild, name)));
  } finally {
    // It keeps a process, which would live as long as a server that is started next.
    await esbuild.stop();
  }
}

async function bundlePackage(esbuild, name) {
  const dist = at('packages', name, 'dist');
  const manifest = JSON.parse(readFileSync(at('packages', name, 'package.json'), 'utf8'));
  const { metafile } = await esbuild.build({
    absWorkingDir: dist,
    entryPoints: entriesOf(name, manifest),
    outdir: dist,
    bundle: true,
    splitting: true,
    // All in one folder: what looks for a file beside its own finds it whichever file it ends up in.
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    external: Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).filter(
      (one) => !TAKEN_IN[name]?.includes(one),
    ),
    format: 'esm',
    platform: 'node',
    target: 'node22',
    ...EVERYWHERE[name],
    plugins: [parsedJson],
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  removeOthers(dist, Object.keys(metafile.outputs));
  if (name in TAKEN_IN) writeFileSync(`${dist}/licences.txt`, licencesOf(Object.keys(metafile.inputs), dist));
}

/** Data is read by the parser of JSON: that of code takes twice as long. */
const parsedJson = {
  name: 'parsed-json',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    }),
};

/** By the name of the file that each becomes: exports are called as they are imported, such as `run` for `./run`. */
function entriesOf(name, { exports = {} }) {
  const exported = Object.entries(exports)
    .filter(([, target]) => target['datamaker-source'] !== undefined)
    .map(([path, target]) => [
      path === '.' ? 'index' : path.slice(2),
      at('packages', name, target['datamaker-source']),
    ]);
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

/** The licences of packages that files are of, for whoever gets the bundle without them. */
function licencesOf(files, from) {
  const folders = files.map((file) => /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter((folder) => folder);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const [file] = readdirSync(join(from, folder)).filter((one) => /^licen[cs]e/i.test(one));
      if (file === undefined) throw new Error(`${folder} has no licence to take along`);
      return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(join(from, folder, file), 'utf8')}`;
    })
    .join('\n\n');
}
