import { constants, openSync } from 'node:fs';

/**
 * The file behind a descriptor, opened once more for writes past the page cache; undefined where the system or the file
 * system has none (tmpfs before Linux 6.6, some network file systems).
 */
export function openDirect(descriptor: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_DIRECT);
  } catch {
    return undefined;
  }
}
