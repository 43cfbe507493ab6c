import type { Writable } from 'node:stream';
import { type Output, ReaderGone } from './output.ts';

/**
 * A pipe, a socket or a terminal. These go through libuv, which waits for a slow reader without blocking the process:
 * signals are answered meanwhile, and a non-blocking pipe (EAGAIN) is no special case. Measured on a pipe to `cat`, it
 * is as fast as write(2) in a loop.
 */
export class StreamOutput implements Output {
  readonly name: string;
  readonly isTerminal: boolean;
  readonly #stream: Writable;

  constructor(name: string, stream: Writable, isTerminal: boolean) {
    this.name = name;
    this.isTerminal = isTerminal;
    this.#stream = stream;
    // A failed write is told to its callback; without a listener the same error would end the process.
    stream.on('error', () => {});
  }

  write(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.write(chunk, (error) => {
        if (!error) resolve();
        else reject(isGone(error) ? new ReaderGone() : error);
      });
    });
  }

  commit(): void {}
}

const GONE = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);
const isGone = (error: Error): boolean => 'code' in error && GONE.has(String(error.code));
