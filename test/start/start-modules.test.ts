import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

/** What a start loaded when it was last looked at: how many modules of which package, or of which folder of one of ours. */
type Counts = Readonly<Record<string, number>>;

const KEPT = new URL('modules.json', import.meta.url);
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Modules that a start may load beyond those that are kept: what is there grows. */
const SPARE = 12;

/**
 * Modules that the program loads before it has said something and ends, counted. From sources: what is loaded on demand there is so
 * in bundles, which hold many modules in a file.
 */
async function modulesOf(words: readonly string[], said: RegExp): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const noted = join(folder, 'modules.json');
  const flags = ['--conditions=datamaker-source', '--import', pathOf('note-modules.mjs')];
  const child = spawn(process.execPath, [...flags, pathOf('../../packages/cli/src/main.ts'), ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, NOTED_MODULES: noted },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
    if (said.test(output)) child.kill('SIGTERM');
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(output).toMatch(said);
  const counts: Record<string, number> = {};
  for (const url of JSON.parse(readFileSync(noted, 'utf8')) as string[]) {
    if (url.startsWith('file:')) counts[placeOf(url)] = (counts[placeOf(url)] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The package of others that a module is in, or the package of ours and the folder in it. */
function placeOf(url: string): string {
  const [, theirs] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  const [, ours, folder] = /\/packages\/([^/]+)\/src\/(?:([^/]+)\/)?/.exec(url) ?? [];
  return theirs ?? (folder === undefined ? (ours ?? 'others') : `${ours}/${folder}`);
}

/** Of a place. */
const packageOf = (place: string): string => (place.startsWith('@') ? place : place.replace(/\/.*/, ''));

const sum = (counts: Counts): number => Object.values(counts).reduce((all, count) => all + count, 0);

/** The places that have more modules than they had. */
const newcomers = (now: Counts, kept: Counts): string[] =>
  Object.entries(now).flatMap(([place, count]) => {
    const more = count - (kept[place] ?? 0);
    return more > 0 ? [`${place} +${more}`] : [];
  });

const STARTS: readonly [string, readonly string[], RegExp][] = [
  ['generate', ['generate', pathOf('../bench/customer.template.json'), '--count', '10', '--seed', 'start'], /\n/],
  ['serve', ['serve', '--port', '0', '--data-dir', 'data'], /ready at/],
];

it.each(STARTS)('datamaker %s loads no more to start than it has to', async (name, words, said) => {
  const now = await modulesOf(words, said);
  const all = JSON.parse(readFileSync(KEPT, 'utf8')) as Record<string, Counts>;
  if (process.env.DATAMAKER_UPDATE_STARTS === '1') {
    writeFileSync(KEPT, `${JSON.stringify({ ...all, [name]: now }, null, 2)}\n`);
    return;
  }
  const kept = all[name] ?? {};
  const most = sum(kept) + SPARE;
  const packages = new Set(Object.keys(kept).map(packageOf));
  const isFine = sum(now) <= most && Object.keys(now).every((place) => packages.has(packageOf(place)));
  const told = `${name} loads ${sum(now)} modules to start; at most ${most} are allowed, and no package that it did not load before: ${newcomers(now, kept).join(', ')}`;
  // Remedy: load them where they are wanted, by `await import`; or, where a start has to have them, DATAMAKER_UPDATE_STARTS=1.
  expect(isFine ? '' : told).toBe('');
});
