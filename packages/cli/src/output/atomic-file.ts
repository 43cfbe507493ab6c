import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  readlinkSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FileWriter } from './file-writer.ts';
import type { Output } from './output.ts';

/**
 * A file that appears under its name only when it is whole. It is written beside its place (rename(2) is atomic within
 * one file system only) and taken away again when the process ends early: by an error, or by a signal that ends in
 * process.exit. A kill -9 leaves the `.partial` behind, never a half file under the name.
 */
export class AtomicFile implements Output {
  readonly name: string;
  readonly isTerminal = false;
  readonly #target: string;
  readonly #partial: string;
  readonly #writer: FileWriter;
  readonly #discard = (): void => this.discard();

  /**
   * @param existing what is there now, undefined when nothing is; it is replaced and its permissions are kept
   * @param mode permissions of a new file, less those that the umask takes away
   */
  constructor(path: string, existing: Stats | undefined, mode = 0o666) {
    this.name = path;
    this.#target = existing === undefined ? followDanglingLink(path) : realpathSync(path);
    if (existing !== undefined) accessSync(this.#target, constants.W_OK);
    const name = basename(this.#target);
    // Names have at most 255 bytes; one that leaves no room for the ending is replaced.
    const stem = Buffer.byteLength(name) > 230 ? 'datamaker' : name;
    this.#partial = join(dirname(this.#target), `${stem}.${randomBytes(6).toString('hex')}.partial`);
    this.#writer = new FileWriter(this.#partial, mode);
    process.on('exit', this.#discard);
    if (existing !== undefined) chmodSync(this.#partial, existing.mode & 0o7777);
  }

  write(chunk: Uint8Array): void | Promise<void> {
    return this.#writer.write(chunk);
  }

  async commit(): Promise<void> {
    await this.#writer.finish();
    renameSync(this.#partial, this.#target);
    process.off('exit', this.#discard);
  }

  /** Takes the unfinished file away. */
  discard(): void {
    process.off('exit', this.#discard);
    try {
      unlinkSync(this.#partial);
    } catch {
      // Somebody else took it away; there is nothing left to do.
    }
  }
}

/** A symbolic link that leads to no file yet: the file is made where it points, and the link stays. */
function followDanglingLink(path: string): string {
  let target = resolve(path);
  while (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) {
    target = resolve(dirname(target), readlinkSync(target));
    if (statSync(target, { throwIfNoEntry: false }) !== undefined) break;
  }
  return target;
}
