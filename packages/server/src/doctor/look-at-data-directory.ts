import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bad, type Finding, good, notice } from './finding.ts';

const GIB = 2 ** 30;
/** Less than this is soon full. */
const LEAST_FREE_GIB = 2;
const WHAT = 'data directory';

/** Where the server keeps its data: whether it may write there, and how much room there is. */
export async function lookAtDataDirectory(folder: string): Promise<Finding> {
  try {
    const isThere = await stat(folder).then(
      (found) => found.isDirectory() || Promise.reject(new Error('it is no folder')),
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? false : Promise.reject(error)),
    );
    const place = isThere ? folder : await nearest(folder);
    await access(place, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(place);
    const free = (bavail * bsize) / GIB;
    const found = `${folder}${isThere ? '' : ' (the first start makes it)'}, ${free.toFixed(1)} GiB free`;
    if (free >= LEAST_FREE_GIB) return good(WHAT, found);
    return notice(WHAT, found, 'Make room: writes are refused when it is full.');
  } catch (error) {
    const { message } = error as Error;
    return bad(
      WHAT,
      `${folder} cannot be written: ${message}`,
      'Let the user of the server write it, or name another one (--data-dir).',
    );
  }
}

/** The folder above that is there. */
async function nearest(folder: string): Promise<string> {
  const above = dirname(folder);
  const isThere = await stat(above).then(
    () => true,
    () => false,
  );
  return isThere || above === folder ? above : nearest(above);
}
