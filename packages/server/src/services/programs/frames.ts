import type { Socket } from 'node:net';

/** Bytes of the longest message that is taken. */
const MOST_BYTES = 24 * 1024 * 1024;
const HEAD = 4;

/**
 * Messages of JSON over a socket, each behind its length. While what was sent is not taken, nothing is read: answers do not pile up for one who only
 * asks.
 */
export class Frames {
  readonly #socket: Socket;
  readonly #take: (message: unknown) => void;
  readonly #broken: (error: Error) => void;
  #isWaiting = false;
  #chunks: Buffer[] = [];
  #length = 0;

  /**
   * @param take is given each message, which may be anything
   * @param broken is told once of what is no message
   */
  constructor(socket: Socket, take: (message: unknown) => void, broken: (error: Error) => void) {
    this.#socket = socket;
    this.#take = take;
    this.#broken = broken;
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      this.#read();
    });
    socket.on('drain', () => {
      this.#isWaiting = false;
      socket.resume();
      this.#read();
    });
    socket.on('error', () => undefined);
  }

  send(message: unknown): void {
    const body = Buffer.from(JSON.stringify(message));
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(body.length);
    this.#socket.cork();
    this.#socket.write(head);
    this.#socket.write(body);
    this.#socket.uncork();
    if (!this.#socket.writableNeedDrain) return;
    this.#isWaiting = true;
    this.#socket.pause();
  }

  #read(): void {
    try {
      this.#takeAll();
    } catch (error) {
      this.#socket.removeAllListeners('data').removeAllListeners('drain');
      this.#broken(error as Error);
    }
  }

  #takeAll(): void {
    while (this.#length >= HEAD && !this.#isWaiting) {
      const first = this.#gathered(HEAD);
      const size = first.readUInt32BE();
      if (size > MOST_BYTES) throw new Error(`a message of ${size} bytes`);
      if (this.#length < HEAD + size) return;
      const all = this.#gathered(HEAD + size);
      const rest = all.subarray(HEAD + size);
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#length = rest.length;
      this.#take(JSON.parse(all.toString('utf8', HEAD, HEAD + size)));
    }
  }

  /** What has come so far, in one piece when its beginning is not. */
  #gathered(wanted: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= wanted) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
