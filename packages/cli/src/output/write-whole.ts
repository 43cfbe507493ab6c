import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { explain } from '../errors/system-error.ts';

/**
 * Writes JSON for its owner only, as a whole or not at all, and brings it to the disk.
 * @param what it is, for a message
 * @throws CommandError
 */
export async function writeWhole(path: string, document: object, what: string): Promise<void> {
  await explain(`${what} could not be written`, () => {
    const partial = join(dirname(path), `${basename(path)}.${randomBytes(6).toString('hex')}.partial`);
    try {
      const file = openSync(partial, 'wx', 0o600);
      try {
        writeFileSync(file, `${JSON.stringify(document)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(partial, path);
    } catch (error) {
      discard(partial);
      throw error;
    }
  });
}

function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was not made.
  }
}
