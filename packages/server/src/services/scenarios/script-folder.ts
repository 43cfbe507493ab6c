import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from '../../store/remove-tree.ts';

/** The file that is executed. */
export const SCRIPT = 'main.py';

/** A folder for one attempt, with the code in it and room for what it writes. */
export async function makeScriptFolder(parent: string, runId: string, code: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, `${runId}-`));
  try {
    for (const name of ['scenario', 'workspace']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'scenario', SCRIPT), code);
    // The job is another user, whatever the mask of the server keeps from others; the way to here stays shut for those of the host.
    await chmod(join(folder, 'scenario'), 0o755);
    await chmod(join(folder, 'scenario', SCRIPT), 0o644);
  } catch (error) {
    // On a disk that is full.
    await removeTree(folder);
    throw error;
  }
  return folder;
}
