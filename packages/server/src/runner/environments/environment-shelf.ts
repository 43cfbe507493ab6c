import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf, isAlive } from './process-identity.ts';

/** An environment that stays as long as somebody holds it. */
export interface HeldEnvironment {
  readonly key: string;
  readonly path: string;
  /** Whether it was made for this call. */
  readonly isNew: boolean;
  release(): Promise<void>;
}

/** What is known of an environment, in a file in it. */
export const ABOUT = 'environment.json';
/** One that was used so short ago is not thrown away: another process may be about to use it. */
const REST_MS = 60_000;

/**
 * The environments of a host, in folders that are named by what is in them. A folder is made elsewhere and gets its name in one step, so
 * it is there with all that belongs to it, or not at all; when several make the same one, the first counts. Nobody writes to it afterwards.
 */
export class EnvironmentShelf {
  readonly #folder: string;
  readonly #uses: string;
  readonly #temporary: string;
  readonly #maxBytes: number;
  readonly #identity = identityOf(process.pid) ?? `${process.pid}-0`;
  readonly #building = new Map<string, Promise<void>>();
  #count = 0;

  constructor(root: string, maxBytes: number) {
    this.#folder = join(root, 'envs');
    this.#uses = join(root, 'uses');
    this.#temporary = join(root, 'tmp');
    this.#maxBytes = maxBytes;
  }

  /** Takes away what processes left behind that are no more. */
  async sweep(): Promise<void> {
    for (const folder of [this.#folder, this.#uses, this.#temporary]) await mkdir(folder, { recursive: true });
    for (const name of await readdir(this.#temporary)) {
      if (!isAlive(name.split('.')[0] ?? '')) await rm(join(this.#temporary, name), { recursive: true, force: true });
    }
    for (const name of await readdir(this.#uses)) {
      if (!isAlive(ownerOf(name))) await rm(join(this.#uses, name), { force: true });
    }
  }

  /** A folder for one job of this process; it is to be removed by whoever asked for it. */
  temporary = (): Promise<string> => mkdtemp(join(this.#temporary, `${this.#identity}.`));

  /**
   * Gives an environment, and makes it when it is not there.
   * @param build fills a folder
   */
  async take(key: string, build: (folder: string) => Promise<void>): Promise<HeldEnvironment> {
    const path = join(this.#folder, key);
    const use = join(this.#uses, `${key}.${this.#identity}.${this.#count++}`);
    // First, so that nobody throws it away between the look and the use.
    await writeFile(use, '');
    const release = (): Promise<void> => rm(use, { force: true });
    try {
      const isNew = !(await isThere(path));
      if (isNew) await this.#make(key, path, build);
      const now = new Date();
      await utimes(join(path, ABOUT), now, now);
      return { key, path, isNew, release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  #make(key: string, path: string, build: (folder: string) => Promise<void>): Promise<void> {
    const known = this.#building.get(key);
    if (known !== undefined) return known;
    const making = this.#makeOnce(path, build).finally(() => this.#building.delete(key));
    this.#building.set(key, making);
    return making;
  }

  async #makeOnce(path: string, build: (folder: string) => Promise<void>): Promise<void> {
    const place = await this.temporary();
    try {
      const made = join(place, 'environment');
      await mkdir(made, { mode: 0o755 });
      await build(made);
      await rename(made, path).catch((error: NodeJS.ErrnoException) => {
        // Another process was quicker.
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      });
    } finally {
      await rm(place, { recursive: true, force: true });
    }
    await this.shrink();
  }

  /** Throws away what was not used for longest, until the rest has room. Never what somebody uses. */
  async shrink(now = Date.now()): Promise<void> {
    const all = await Promise.all((await readdir(this.#folder)).map((key) => this.#about(key)));
    let bytes = all.reduce((sum, one) => sum + one.bytes, 0);
    for (const { key, bytes: freed, used } of all.sort((a, b) => a.used - b.used)) {
      if (bytes <= this.#maxBytes) return;
      if (now - used < REST_MS || (await this.#isUsed(key))) continue;
      if (await this.#throwAway(key)) bytes -= freed;
    }
  }

  async #throwAway(key: string): Promise<boolean> {
    const place = await this.temporary();
    try {
      const away = join(place, 'environment');
      await rename(join(this.#folder, key), away);
      if (!(await this.#isUsed(key))) return true;
      // Somebody came meanwhile: back to where it was, unless it was made again.
      await rename(away, join(this.#folder, key));
      return false;
    } catch {
      return false;
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }

  async #isUsed(key: string): Promise<boolean> {
    const names = await readdir(this.#uses);
    return names.some((name) => name.startsWith(`${key}.`) && isAlive(ownerOf(name)));
  }

  async #about(key: string): Promise<{ key: string; bytes: number; used: number }> {
    const file = join(this.#folder, key, ABOUT);
    try {
      const { bytes = 0 } = JSON.parse(await readFile(file, 'utf8')) as { bytes?: number };
      return { key, bytes, used: (await stat(file)).mtimeMs };
    } catch {
      return { key, bytes: 0, used: 0 };
    }
  }
}

const ownerOf = (use: string): string => use.split('.')[1] ?? '';

const isThere = (path: string): Promise<boolean> =>
  stat(join(path, ABOUT)).then(
    () => true,
    () => false,
  );
