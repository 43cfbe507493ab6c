import { lchown, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a place writable for the user of a job: it and all in it belong to that user then. Links are changed, never followed; nothing of an
 * earlier job may still run in it.
 */
export async function handOver(path: string, uid: number): Promise<void> {
  await lchown(path, uid, uid);
  if (!(await stat(path)).isDirectory()) return;
  await handOverContents(path, uid);
}

async function handOverContents(folder: string, uid: number): Promise<void> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    await lchown(path, uid, uid);
    if (entry.isDirectory()) await handOverContents(path, uid);
  }
}
