import { type FileHandle, open } from 'node:fs/promises';
import type { Message } from '../messages/message.ts';
import type { Sink, Target } from './sink.ts';

/**
 * Appends to a file, as a log: what is in it stays. A write that fails in the middle is taken back, so that the file ends with a whole row.
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
      const { size } = await this.#file.stat();
      try {
        await this.#file.appendFile(message.bytes);
      } catch (error) {
        await this.#file.truncate(size).catch(() => undefined);
        throw error;
      }
      acknowledged(message);
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
