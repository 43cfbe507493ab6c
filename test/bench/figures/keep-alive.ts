import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

export interface Answer {
  readonly status: number;
  /** Byte for byte, one character each. */
  readonly body: string;
}

/**
 * One connection that asks again and again, on the bare socket: Node's HTTP client takes as long to read a small answer as the
 * server to make it, so that it would be what is measured where both share the cores.
 */
export class KeepAlive {
  readonly #socket: Socket;
  readonly #pathname: string;
  readonly #headers: string;
  #received = '';
  #answered: ((answer: Answer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: Socket, pathname: string, headers: string) {
    this.#socket = socket;
    this.#pathname = pathname;
    this.#headers = headers;
    // Byte for byte, so that lengths are those of the headers.
    socket.setEncoding('latin1').on('data', (text: string) => this.#take(text));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('the connection was closed')));
  }

  /** @param url its path is where `post` posts to */
  static async to({ hostname, port, pathname, host }: URL, key: string): Promise<KeepAlive> {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new KeepAlive(socket, pathname, `host: ${host}\r\nx-api-key: ${key}`);
  }

  /** Posts a body and reads the answer to its end. */
  post(body: string): Promise<Answer> {
    const length = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
    return this.#ask(`POST ${this.#pathname} HTTP/1.1\r\n${this.#headers}\r\n${length}${END_OF_HEAD}${body}`);
  }

  /** Reads the answer to its end. */
  get(path: string): Promise<Answer> {
    return this.#ask(`GET ${path} HTTP/1.1\r\n${this.#headers}${END_OF_HEAD}`);
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #ask(request: string): Promise<Answer> {
    this.#received = '';
    this.#socket.write(request);
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
    });
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
    this.#answered?.({ status: Number(head.slice(9, 12)), body: this.#received.slice(start, start + length) });
  }
}
