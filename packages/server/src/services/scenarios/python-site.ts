import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the package is, from a folder above this file: as the published server brings it along, or in a checkout. */
const PLACES = ['python/datamaker', 'python/sdk/src/datamaker'];
const NAME = 'datamaker';
const COMPILE_MS = 60_000;
/** Of these folders, and of their drafts. */
const SITE = /^[0-9a-f]{16}(\.[0-9a-f-]{36})?$/;
/** Longer than any run. */
const UNUSED_MS = 7 * 24 * 3_600_000;

/** Folders that were made by this process, or found whole, by what is in them. */
const made = new Map<string, Promise<void>>();

/**
 * A folder with the Python package that every scenario can import, compiled for an interpreter: to be mounted read-only and
 * named in PYTHONPATH. It is made once for each version of the two, and shared by all runs.
 * @param parent where such folders are kept
 * @param python path of the interpreter
 */
export async function pythonSite(parent: string, python: string): Promise<string> {
  const source = packageFolder();
  const files = await sourcesOf(source);
  const digest = createHash('sha256').update(python);
  for (const { name, bytes } of files) digest.update(`\0${name}\0${bytes.length}\0`).update(bytes);
  const folder = join(parent, digest.digest('hex').slice(0, 16));
  let making = made.get(folder);
  if (making === undefined) {
    making = make(folder, files, python).then(async () => {
      if (await isThere(folder)) await sweepSites(parent);
    });
    made.set(folder, making);
    making.catch(() => made.delete(folder));
  }
  await making;
  if (await isThere(folder)) return folder;
  // It was not used for so long that somebody has cleared it away.
  made.delete(folder);
  return pythonSite(parent, python);
}

/** Whether there is a folder, which is in use from now on. */
async function isThere(folder: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(folder, now, now);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Clears away what no run has begun with for days: folders of former versions, and drafts of processes that died. */
async function sweepSites(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => SITE.test(one))) {
    const path = join(parent, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    // Another process may clear it away as well.
    if (Date.now() - mtimeMs > UNUSED_MS) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

interface Source {
  /** From the folder of the package. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** @throws Error when the server was installed without it */
function packageFolder(): string {
  for (let above = dirname(fileURLToPath(import.meta.url)); ; above = dirname(above)) {
    for (const place of PLACES) if (existsSync(join(above, place, '__init__.py'))) return join(above, place);
    if (above === dirname(above))
      throw new Error('the Python package of scenarios is missing: install the server again');
  }
}

async function sourcesOf(folder: string): Promise<readonly Source[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && /\.py$|^py\.typed$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

async function make(folder: string, files: readonly Source[], python: string): Promise<void> {
  if (existsSync(folder)) return;
  const draft = `${folder}.${randomUUID()}`;
  try {
    for (const { name, bytes } of files) {
      const path = join(draft, NAME, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    // What is compiled holds whatever the times of the files are: nobody can write to them.
    const compile = ['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', '-s', draft, draft];
    await run(python, ['-I', ...compile], { timeout: COMPILE_MS });
    await openToRead(draft);
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Jobs are other users, whatever the mask of the server keeps from others. */
async function openToRead(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
