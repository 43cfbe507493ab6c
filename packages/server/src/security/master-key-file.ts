import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type MasterKey, parseMasterKey, writeMasterKey } from './master-key.ts';
import { secretFile } from './secret-file.ts';

/** Its name in a data directory. */
export const MASTER_KEYS = 'master-keys';

/** The file of master keys in a data directory: one a line, the newest first. */
export class MasterKeyFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Its keys, the newest first; none where there is no file. @throws Error that says what is wrong with it */
  async read(): Promise<MasterKey[]> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    await this.#checkMode();
    const keys = text.split('\n').flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [parseMasterKey(line)];
      } catch (error) {
        throw new Error(`line ${index + 1} of it is no master key: ${(error as Error).message}`);
      }
    });
    if (keys.length === 0) throw new Error('it is empty: bring it back from where it is kept');
    return keys;
  }

  /** Its keys; made with one key where there is none. Servers that start together have the same. */
  async make(): Promise<MasterKey[]> {
    await secretFile(this.path);
    return this.read();
  }

  /** Puts other keys in its place, whole or not at all. */
  async write(keys: readonly MasterKey[]): Promise<void> {
    const draft = `${this.path}.${randomBytes(6).toString('hex')}`;
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(keys.map((key) => `${writeMasterKey(key)}\n`).join(''));
      await file.sync();
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    await rename(draft, this.path);
    await syncFolder(dirname(this.path));
  }

  remove = (): Promise<void> => rm(this.path, { force: true });

  async #checkMode(): Promise<void> {
    // Windows has no such modes.
    if (process.platform === 'win32') return;
    const { mode } = await stat(this.path);
    if ((mode & 0o077) !== 0) throw new Error('others may read it: chmod 600 it');
  }
}

/** What was renamed stays so when the power fails; not all systems can. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
