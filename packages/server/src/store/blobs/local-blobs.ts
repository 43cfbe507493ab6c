import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { BLOB_KEY, BlobGone, type BlobLook, type BlobStore, BlobsUnavailable, WORKSPACE_KEY } from './blob-store.ts';

/** Keeps blobs in a folder: one for each workspace, one file for each blob. */
export class LocalBlobs implements BlobStore {
  readonly #folder: string;

  /** @param folder on the file system that files come from: they are renamed */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, path: string): Promise<void> {
    const target = this.#pathOf(key);
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(path, target);
      await syncFolder(dirname(target));
    } catch (error) {
      throw new BlobsUnavailable(error);
    }
  }

  async open(key: string, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
    const stream = createReadStream(this.#pathOf(key), range);
    try {
      await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BlobGone(key);
      throw new BlobsUnavailable(error);
    }
    return stream;
  }

  async look(key: string): Promise<BlobLook | undefined> {
    try {
      return { bytes: (await stat(this.#pathOf(key))).size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new BlobsUnavailable(error);
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  async forget(workspaceId: string): Promise<void> {
    if (!WORKSPACE_KEY.test(workspaceId)) throw new Error('the id of a workspace is not one that the server made');
    await rm(join(this.#folder, workspaceId), { force: true, recursive: true });
  }

  #pathOf(key: string): string {
    if (!BLOB_KEY.test(key)) throw new Error('a key of a blob is not one that the server made');
    return join(this.#folder, key);
  }
}

/** A rename survives a crash only when its folder was written as well. */
async function syncFolder(path: string): Promise<void> {
  // Windows has no such thing, and refuses to open folders.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
