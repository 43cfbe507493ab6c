import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Between two signs of life: proxies cut connections that are silent for a minute, some for half of it. */
const HEARTBEAT_MS = 10_000;

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
    if (this.isGone) return Promise.reject(this.#gone.signal.reason);
    const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
    return new Promise((resolve, reject) => {
      this.#raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\n${lines.join('')}\n`, (error) =>
        error ? reject(error) : resolve(),
      );
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
