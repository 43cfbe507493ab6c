import type { Socket } from 'node:net';
import { ConnectionError } from '../connection-error.ts';
import { withinBytes } from './byte-limit.ts';

export interface AnswerWatchOptions {
  readonly socket: Socket;
  /** After how long a silence the connection is cut. */
  readonly idleTimeoutMs: number;
  /** Breaks the connection; destroys the socket, unless said. */
  readonly cut?: (why: ConnectionError) => void;
  /** Whether it is not the server that is waited for, though an answer is. */
  readonly isFed?: () => boolean;
}

/**
 * Cuts a connection over which nothing comes while an answer is waited for: a server may take one and never answer. Waiting for
 * whoever makes the rows is another thing. It is cut as well when an answer has no end (`MOST_BYTES`).
 */
export class AnswerWatch {
  readonly #socket: Socket;
  readonly #cut: (why: ConnectionError) => void;
  /** How many questions have no answer yet. */
  #asked = 0;
  #why: ConnectionError | undefined;

  constructor({ socket, idleTimeoutMs: ms, cut, isFed }: AnswerWatchOptions) {
    this.#socket = socket;
    this.#cut = cut ?? ((why) => socket.destroy(why));
    socket.setTimeout(ms, () => {
      if (this.#asked === 0 || isFed?.() === true) return;
      this.#end(
        new ConnectionError('timeout', `nothing came from the server for ${ms / 1000} seconds`, {
          hint: 'if the server needs that long, raise options.idleTimeoutSeconds',
        }),
      );
    });
  }

  /** Why the connection was cut, when it was from here. */
  get why(): ConnectionError | undefined {
    return this.#why;
  }

  /** Waits for the answer to a question, or to several that have to keep within `MOST_BYTES` together. */
  async asking<T>(run: () => Promise<T>): Promise<T> {
    this.#asked++;
    try {
      return await withinBytes(this.#socket, (why) => this.#end(why), run);
    } finally {
      this.#asked--;
    }
  }

  #end(why: ConnectionError): void {
    this.#why ??= why;
    this.#cut(this.#why);
  }
}
