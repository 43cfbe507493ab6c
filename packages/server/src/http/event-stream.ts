import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Between two signs of life: proxies cut connections that are silent for a minute, some for half of it. */
const HEARTBEAT_MS = 10_000;

const STALLED_MS = 25_000;

/** Server-sent events (HTML, 9.2) as the answer to a request. Comments in between keep the connection alive. */
export class EventStream {
  readonly #raw: FastifyReply['raw'];
  readonly #heartbeat: NodeJS.Timeout;
  readonly #gone = new AbortController();

  constructor(request: FastifyRequest, reply: FastifyReply) {
    reply
      .type('text/event-stream; charset=utf-8')
      .header('Cache-Control', 'no-store')
      // nginx would hold events back until its buffer is full.
      .header('X-Accel-Buffering', 'no')
      .hijack();
    const { raw } = reply;
    this.#raw = raw;
    raw.once('close', () => {
      this.#gone.abort(new Error('the client went away'));
      clearInterval(this.#heartbeat);
    });
    if (request.raw.socket.destroyed) this.#gone.abort(new Error('the client went away'));
    raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
    this.#beat();
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /** Whether the client went away. */
  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** Tells when the client goes away. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /**
   * Sends an event, when the client is ready for it.
   * @param id what a client sends as `Last-Event-ID` when it comes again
   * @throws when the client went away
   */
  send(event: string, data: string, id?: string): Promise<void> {
    return this.write(EventStream.frame(event, data, id));
  }

  /** An event as it is sent; one without a name is a `message`. Whatever is in the data stays data. */
  static frame(event: string | undefined, data: string, id?: string): string {
    const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
    return `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}${lines.join('')}\n`;
  }

  /**
   * Sends events, when the client is ready for them. One that takes nothing for half a minute is cut off: it comes again, or it does not.
   * @throws when the client went away
   */
  write(frames: string): Promise<void> {
    if (this.isGone) return Promise.reject(this.#gone.signal.reason);
    return new Promise((resolve, reject) => {
      const stalled = setTimeout(() => this.#raw.destroy(), STALLED_MS);
      const giveUp = (): void => reject(this.#gone.signal.reason);
      this.#gone.signal.addEventListener('abort', giveUp, { once: true });
      this.#raw.write(frames, (error) => {
        clearTimeout(stalled);
        this.#gone.signal.removeEventListener('abort', giveUp);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  end(): void {
    clearInterval(this.#heartbeat);
    if (!this.isGone) this.#raw.end();
  }

  #beat(): void {
    if (!this.isGone) this.#raw.write(': heartbeat\n\n');
  }
}
