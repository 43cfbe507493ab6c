import { constants, readdirSync, statSync } from 'node:fs';
import { chmod, type FileHandle, lstat, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a job has put on a disk. */
export interface DiskUse {
  /** Allocated, not apparent: a file with holes counts what it takes. */
  bytes: number;
  entries: number;
}

/** More files than this count as a full disk: each costs the host something, however small. */
export const MOST_ENTRIES = 500_000;

/** Deeper folders cannot be counted: each level holds a descriptor. */
const MOST_LEVELS = 200;
/** `O_PATH` of Linux, which Node has no name for: the file itself, for which no rights are needed. */
const PATH_ONLY = 0o10000000;
const FOLDER_ITSELF = PATH_ONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const CAN_HOLD = process.platform === 'linux';

/**
 * What lies in folders that a job writes to, also while it does. A job may put a link in the place of a folder at any moment, so folders are held, and what is in
 * them is reached from there: nothing outside is looked at or changed.
 * @param most stops counting above it
 * @throws Error when a part cannot be counted, because a job has put it out of reach
 */
export async function diskUse(folders: readonly string[], most: number): Promise<DiskUse> {
  const use: DiskUse = { bytes: 0, entries: 0 };
  for (const folder of folders) await add(folder, use, most, 0);
  return use;
}

async function add(path: string, use: DiskUse, most: number, level: number): Promise<void> {
  if (use.bytes > most || use.entries > MOST_ENTRIES) return;
  const found = await unlessGone(lstat(path));
  if (found === undefined) return;
  use.bytes += found.blocks * 512;
  use.entries += 1;
  if (!found.isDirectory()) return;
  if (level >= MOST_LEVELS) throw new Error('folders are nested too deeply');
  if (!CAN_HOLD) return addEntries(path, use, most, level);
  const folder = await unlessGone(open(path, FOLDER_ITSELF));
  if (folder === undefined) return;
  try {
    await addEntries(await reachable(folder), use, most, level);
  } finally {
    await folder.close();
  }
}

async function addEntries(path: string, use: DiskUse, most: number, level: number): Promise<void> {
  const folder = await unlessGone(opendir(path));
  if (folder === undefined) return;
  for await (const { name } of folder) await add(join(path, name), use, most, level + 1);
}

/** A path to a folder that is held, which no link leads astray. A job may close one of its own to hide what is in it: it is opened. */
async function reachable(folder: FileHandle): Promise<string> {
  const path = `/proc/self/fd/${folder.fd}`;
  const { mode } = await folder.stat();
  if ((mode & 0o500) !== 0o500) await chmod(path, (mode & 0o777) | 0o700);
  return path;
}

/** Undefined for what has gone meanwhile, or is something else than it was. */
async function unlessGone<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (GONE.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const GONE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

/** Bytes of files that processes hold open although they are deleted: they are in no folder and on the disk all the same. */
export function deletedBytes(pids: readonly number[]): number {
  const counted = new Map<string, number>();
  for (const pid of pids) {
    for (const fd of entriesOf(`/proc/${pid}/fd`)) {
      try {
        const found = statSync(`/proc/${pid}/fd/${fd}`);
        if (found.isFile() && found.nlink === 0) counted.set(`${found.dev}:${found.ino}`, found.blocks * 512);
      } catch {}
    }
  }
  return [...counted.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
