import { closeSync, fsyncSync, openSync } from 'node:fs';
import { BlockWriter } from './block-writer.ts';
import { openDirect } from './open-direct.ts';
import { writeFully } from './write-fully.ts';

/** Smaller files are written the ordinary way, and stay in the system's page cache for whoever reads them next. */
export const DIRECT_FROM = 8 * 1024 * 1024;

/**
 * Writes a new file from its beginning. From DIRECT_FROM on it goes past the page cache where it can: a system that has to
 * find pages for gigabytes, and to write them back, is several times slower than the disk (ADR 38).
 */
export class FileWriter {
  readonly #descriptor: number;
  readonly #open: typeof openDirect;
  #direct: number | undefined;
  #blocks: BlockWriter | undefined;
  /** Bytes until direct writes are tried. */
  #room = DIRECT_FROM;

  /**
   * @param mode permissions of the file, less those that the umask takes away
   * @param open opens a file for direct writes, where that can be
   */
  constructor(path: string, mode: number, open = openDirect) {
    this.#descriptor = openSync(path, 'wx', mode);
    this.#open = open;
  }

  /** Takes a chunk; it may be used again once this has returned, or its promise has settled. */
  write(chunk: Uint8Array): void | Promise<void> {
    if (this.#blocks !== undefined) return this.#blocks.write(chunk);
    const head = chunk.subarray(0, this.#room);
    writeFully(this.#descriptor, head);
    this.#room -= head.length;
    if (this.#room > 0) return;
    this.#direct = this.#open(this.#descriptor);
    if (this.#direct === undefined) this.#room = Number.POSITIVE_INFINITY;
    else this.#blocks = new BlockWriter(this.#descriptor, this.#direct, DIRECT_FROM);
    return this.write(chunk.subarray(head.length));
  }

  /** Writes what is left, waits until the disk has all of it, and closes the file. */
  async finish(): Promise<void> {
    await this.#blocks?.finish();
    if (this.#direct !== undefined) closeSync(this.#direct);
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}
