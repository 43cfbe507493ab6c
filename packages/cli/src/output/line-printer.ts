import { explain } from '../errors/system-error.ts';
import { openStdout } from './open-output.ts';
import { type Output, ReaderGone } from './output.ts';
import { say } from './say.ts';

/** Prints lines as they come, on stdout or stderr. */
export class LinePrinter {
  readonly #output: Output | undefined;

  /** @param isAside on stderr, since stdout is for something else */
  constructor(isAside: boolean) {
    this.#output = isAside ? undefined : openStdout();
  }

  /** @returns false when nobody reads any more */
  async print(line: string): Promise<boolean> {
    if (this.#output === undefined) {
      say(`${line}\n`);
      return true;
    }
    try {
      await explain('stdout could not be written', () => this.#output?.write(Buffer.from(`${line}\n`)));
      return true;
    } catch (error) {
      if (error instanceof ReaderGone) return false;
      throw error;
    }
  }
}
