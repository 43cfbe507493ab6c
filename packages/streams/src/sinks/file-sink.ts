import { type FileHandle, open } from 'node:fs/promises';
import type { Message } from '../messages/message.ts';
import type { Sink, Target } from './sink.ts';

/**
 * Appends to a file, as a log: what is in it stays. A write that fails in the middle is taken back, so that the file ends with a whole row; where
 * another program has written behind it, the half row stays, since that one's would go with it.
 * @throws system errors, from `open` and `send`
 */
export function fileTarget(path: string): Target {
  return { shown: path, open: async () => new FileSink(await open(path, 'a')) };
}

class FileSink implements Sink {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async send(messages: readonly Message[], acknowledged: (message: Message) => void): Promise<void> {
    for (const message of messages) {
      await this.#append(message.bytes);
      acknowledged(message);
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(bytes: Uint8Array): Promise<void> {
    const { size } = await this.#file.stat();
    let written = 0;
    try {
      while (written < bytes.length) written += (await this.#file.write(bytes, written)).bytesWritten;
    } catch (error) {
      await this.#takeBack(size, written).catch(() => undefined);
      throw error;
    }
  }

  async #takeBack(size: number, written: number): Promise<void> {
    const now = await this.#file.stat();
    if (now.size === size + written) await this.#file.truncate(size);
  }
}
