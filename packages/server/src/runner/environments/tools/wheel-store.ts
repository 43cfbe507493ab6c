import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type LockedPackage, normalName } from '../environment-lock.ts';

/** Wheels, each in a folder that is named by its SHA-256. Any number of processes may add to it: whoever comes second finds it there. */
export class WheelStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Moves the wheels of a folder here. @returns what they are */
  async take(from: string): Promise<LockedPackage[]> {
    const taken: LockedPackage[] = [];
    for (const file of await readdir(from)) {
      const [name, version] = file.endsWith('.whl') ? file.split('-') : [];
      if (name === undefined || version === undefined) continue;
      const hash = await sha256(join(from, file));
      const target = join(this.#folder, hash);
      const made = `${target}.${process.pid}-${crypto.randomUUID()}`;
      await mkdir(made, { recursive: true });
      await rename(join(from, file), join(made, file));
      await rename(made, target).catch(async (error: NodeJS.ErrnoException) => {
        await rm(made, { recursive: true, force: true });
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      });
      taken.push({ name: normalName(name), version, hashes: [hash] });
    }
    return taken;
  }

  /** Puts those of the wheels that are here into a folder. @returns packages of which there is none */
  async give(packages: readonly LockedPackage[], to: string): Promise<LockedPackage[]> {
    const missing: LockedPackage[] = [];
    for (const one of packages) {
      const given = await Promise.all(one.hashes.map((hash) => this.#giveOne(hash, to)));
      if (!given.includes(true)) missing.push(one);
    }
    return missing;
  }

  async #giveOne(hash: string, to: string): Promise<boolean> {
    const folder = join(this.#folder, hash);
    const [file] = await readdir(folder).catch(() => []);
    if (file === undefined) return false;
    const now = new Date();
    await utimes(folder, now, now).catch(() => undefined);
    try {
      await link(join(folder, file), join(to, file)).catch(() => copyFile(join(folder, file), join(to, file)));
      return true;
    } catch {
      // Somebody has just thrown it away.
      return false;
    }
  }

  /** Throws away what was not wanted for longest, until the rest is no more than that. */
  async shrink(maxBytes: number): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const all = await Promise.all(
      names.map(async (name) => {
        const folder = join(this.#folder, name);
        const [file = ''] = await readdir(folder).catch(() => []);
        const size =
          file === ''
            ? 0
            : await stat(join(folder, file)).then(
                (found) => found.size,
                () => 0,
              );
        const used = await stat(folder).then(
          (found) => found.mtimeMs,
          () => 0,
        );
        return { folder, size, used };
      }),
    );
    let bytes = all.reduce((sum, { size }) => sum + size, 0);
    for (const { folder, size } of all.sort((a, b) => a.used - b.used)) {
      if (bytes <= maxBytes) return;
      await rm(folder, { recursive: true, force: true });
      bytes -= size;
    }
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
