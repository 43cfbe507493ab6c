import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

export interface Answer {
  readonly status: number;
  /** Byte for byte, one character each. */
  readonly body: string;
}

/**
 * One connection that posts again and again, on the bare socket: Node's HTTP client takes as long to read a small answer as the
 * server to make it, so that it would be what is measured where both share the cores.
 */
export class KeepAlive {
  readonly #socket: Socket;
  readonly #head: string;
  #received = '';
  #answered: ((answer: Answer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    // Byte for byte, so that lengths are those of the headers.
    socket.setEncoding('latin1').on('data', (text: string) => this.#take(text));
    socket.on('close', () => this.#failed?.(new Error('the connection was closed')));
  }

  static async to({ hostname, port, pathname, host }: URL, key: string): Promise<KeepAlive> {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `host: ${host}`,
      `x-api-key: ${key}`,
      'content-type: application/json',
      'content-length: ',
    ];
    return new KeepAlive(socket, head.join('\r\n'));
  }

  /** Posts a body and reads the answer to its end. */
  post(body: string): Promise<Answer> {
    this.#received = '';
    this.#socket.write(`${this.#head}${Buffer.byteLength(body)}${END_OF_HEAD}${body}`);
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#received += text;
    const end = this.#received.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = this.#received.slice(0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) this.#failed?.(new Error(`an answer without a length: ${head}`));
    const start = end + END_OF_HEAD.length;
    if (this.#received.length < start + length) return;
    this.#answered?.({ status: Number(head.slice(9, 12)), body: this.#received.slice(start) });
  }
}
