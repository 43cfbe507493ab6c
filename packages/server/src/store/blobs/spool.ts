import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ProcessFolder } from '../process-folder.ts';
import { BlobsUnavailable } from './blob-store.ts';

/** What arrived, in a file that nobody else knows of. */
export interface Spooled {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** Where uploads wait until all of them is there: a folder of this process. */
export class Spool {
  readonly #folder: ProcessFolder;

  private constructor(folder: ProcessFolder) {
    this.#folder = folder;
  }

  /** Opens the spool below a folder, and clears what processes left there that have died. */
  static async open(folder: string): Promise<Spool> {
    return new Spool(await ProcessFolder.open(folder));
  }

  /**
   * Writes all of a stream; whatever goes wrong, no file is left.
   * @param look sees each chunk, and may throw
   */
  write(chunks: AsyncIterable<Uint8Array>, look: (chunk: Uint8Array) => void): Promise<Spooled> {
    return this.fill(async (take) => {
      for await (const chunk of chunks) {
        look(chunk);
        await take(chunk);
      }
    });
  }

  /**
   * Writes what is handed out, chunk by chunk; whatever goes wrong, no file is left.
   * @param hand awaits each `take` before it uses the chunk's memory again
   */
  async fill(hand: (take: (chunk: Uint8Array) => Promise<void>) => Promise<unknown>): Promise<Spooled> {
    const path = join(this.#folder.path, randomUUID());
    const digest = createHash('sha256');
    let bytes = 0;
    const file = await open(path, 'wx', 0o600).catch(unavailable);
    try {
      await hand(async (chunk) => {
        bytes += chunk.length;
        digest.update(chunk);
        // A plain write may take a part only.
        await file.appendFile(chunk).catch(unavailable);
      });
      await file.sync().catch(unavailable);
      await file.close();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    return { path, bytes, sha256: digest.digest() };
  }

  /** A place for a file that is written by others, such as another thread; who asks sees to it that it goes. */
  place(): string {
    return join(this.#folder.path, randomUUID());
  }

  /** The folder that it is in, on whose disk there has to be room. */
  get folder(): string {
    return this.#folder.path;
  }

  /** Removes what is left of an upload; fine when nothing is. */
  async discard({ path }: Pick<Spooled, 'path'>): Promise<void> {
    await rm(path, { force: true });
  }

  /** Removes the folder of this process. */
  async close(): Promise<void> {
    await this.#folder.close();
  }
}

function unavailable(error: unknown): never {
  throw new BlobsUnavailable(error);
}
