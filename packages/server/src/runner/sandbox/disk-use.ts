import { readdirSync, statSync } from 'node:fs';
import { chmod, lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a job has put on a disk. */
export interface DiskUse {
  /** Allocated, not apparent: a file with holes counts what it takes. */
  bytes: number;
  entries: number;
}

/** More files than this count as a full disk: each costs the host something, however small. */
export const MOST_ENTRIES = 500_000;

/**
 * What lies in folders that a job writes to.
 * @param most stops counting above it
 * @throws Error when a part cannot be counted, because a job has put it out of reach (a path too long to be named)
 */
export async function diskUse(folders: readonly string[], most: number): Promise<DiskUse> {
  const use: DiskUse = { bytes: 0, entries: 0 };
  for (const folder of folders) await add(folder, use, most);
  return use;
}

async function add(path: string, use: DiskUse, most: number): Promise<void> {
  if (use.bytes > most || use.entries > MOST_ENTRIES) return;
  const found = await unlessGone(lstat(path));
  if (found === undefined) return;
  use.bytes += found.blocks * 512;
  use.entries += 1;
  if (!found.isDirectory()) return;
  // A job may close a folder of its own to hide what is in it.
  if ((found.mode & 0o500) !== 0o500) await unlessGone(chmod(path, found.mode | 0o700));
  const folder = await unlessGone(opendir(path));
  if (folder === undefined) return;
  for await (const { name } of folder) await add(join(path, name), use, most);
}

async function unlessGone<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

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
