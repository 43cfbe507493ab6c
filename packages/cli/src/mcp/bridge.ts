import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';

/** A message of JSON-RPC, as far as a bridge looks at it. */
interface Message {
  readonly id?: string | number | null;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>> & { readonly _meta?: Readonly<Record<string, unknown>> };
}

export interface BridgeOptions {
  /** Of the server's `/mcp`. */
  readonly url: string;
  /** With the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Takes one message, without the end of its line. */
  readonly write: (line: string) => void;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

// JSON-RPC 2.0, section 5.1, and of servers.
const PARSE_ERROR = -32700;
const FAILED = -32000;
const PROTOCOL_VERSION = 'io.modelcontextprotocol/protocolVersion';

/**
 * Carries messages between a client that writes lines and a server that speaks Streamable HTTP. It knows no more of them than it has to:
 * revisions that both of them speak go through, whatever is in them.
 */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #underWay = new Map<string | number, AbortController>();
  /** What the client began with: a session that the server has forgotten is begun anew without it. */
  #first: string | undefined;
  #session: string | undefined;
  #version: string | undefined;

  constructor(options: BridgeOptions) {
    this.#options = options;
  }

  /** Sends a line of the client, and writes what the server answers. Never fails: whoever asked is told of it. */
  async take(line: string): Promise<void> {
    if (line.trim() === '') return;
    let message: Message;
    try {
      message = JSON.parse(line) as Message;
    } catch {
      return this.#refuse(null, PARSE_ERROR, 'the line is no JSON');
    }
    const id = typeof message === 'object' ? (message?.id ?? null) : null;
    const isRequest = typeof message?.method === 'string' && id !== null;
    this.#cancelIfAsked(message);
    const gone = new AbortController();
    if (isRequest) this.#underWay.set(id, gone);
    try {
      await this.#send(line, message, AbortSignal.any([this.#options.signal, gone.signal]));
    } catch (error) {
      // Whoever cancels a request waits for no answer.
      if (!isRequest || gone.signal.aborted || this.#options.signal.aborted) return;
      this.#refuse(id, FAILED, `the server at ${this.#options.url} cannot be reached: ${reasonOf(error)}`);
    } finally {
      if (isRequest) this.#underWay.delete(id);
    }
  }

  /** Ends the session, where there is one. */
  async close(): Promise<void> {
    if (this.#session === undefined) return;
    const headers = { ...this.#options.headers, 'mcp-session-id': this.#session };
    await fetch(this.#options.url, { method: 'DELETE', headers }).catch(() => undefined);
  }

  async #send(line: string, message: Message, signal: AbortSignal): Promise<void> {
    let answer = await this.#post(line, message, signal);
    if (message.method === 'initialize') {
      this.#first = line;
      this.#session = answer.headers.get('mcp-session-id') ?? undefined;
      this.#version = undefined;
    } else if (answer.status === 404 && this.#session !== undefined && this.#first !== undefined) {
      await answer.body?.cancel();
      await this.#beginAnew(this.#first, signal);
      answer = await this.#post(line, message, signal);
    }
    if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true && answer.body !== null) {
      const events = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      for await (const { data } of events as AsyncIterable<EventSourceMessage>) if (data !== '') this.#pass(data);
      return;
    }
    const text = await answer.text();
    if (answer.ok) {
      if (text.startsWith('{')) this.#pass(text);
      return;
    }
    this.#passRefusal(message, answer.status, text);
  }

  #post(line: string, message: Message, signal: AbortSignal): Promise<Response> {
    const headers = { ...this.#options.headers, ...this.#headersOf(message) };
    return fetch(this.#options.url, { method: 'POST', headers, body: line, signal });
  }

  async #beginAnew(first: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#post(first, JSON.parse(first) as Message, signal);
    await answer.text();
    this.#session = answer.headers.get('mcp-session-id') ?? undefined;
  }

  /** What the body says is said in headers as well, from 2026-07-28 on; before that, the session and what was agreed on. */
  #headersOf({ method, params }: Message): Record<string, string> {
    const version = params?._meta?.[PROTOCOL_VERSION];
    const name = params?.['name'] ?? params?.['uri'];
    return {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(typeof version === 'string'
        ? {
            'mcp-protocol-version': version,
            ...(method === undefined ? {} : { 'mcp-method': method }),
            ...(typeof name === 'string' ? { 'mcp-name': headerOf(name) } : {}),
          }
        : {
            ...(this.#version === undefined ? {} : { 'mcp-protocol-version': this.#version }),
            ...(this.#session === undefined || method === 'initialize' ? {} : { 'mcp-session-id': this.#session }),
          }),
    };
  }

  #pass(text: string): void {
    const message = JSON.parse(text) as { readonly result?: { readonly protocolVersion?: unknown } };
    const version = message.result?.protocolVersion;
    if (this.#version === undefined && typeof version === 'string') this.#version = version;
    // On one line, whatever the server wrote.
    this.#options.write(JSON.stringify(message));
  }

  /** What an answer says that is an error, with the id of the request, which an answer to a whole HTTP request does not have. */
  #passRefusal({ id = null, method }: Message, status: number, text: string): void {
    if (id === null || method === undefined) return;
    try {
      const { error } = JSON.parse(text) as { readonly error?: object };
      if (error !== undefined) return this.#options.write(JSON.stringify({ jsonrpc: '2.0', id, error }));
    } catch {
      // Not from a DataMaker server.
    }
    this.#refuse(id, FAILED, `${this.#options.url} answered ${status}: is it a DataMaker server?`);
  }

  #refuse(id: string | number | null, code: number, message: string): void {
    this.#options.write(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }));
  }

  /** From 2026-07-28 on a request is cancelled by going away from it; before that the server is told as well. */
  #cancelIfAsked({ method, params }: Message): void {
    if (method !== 'notifications/cancelled' || this.#session !== undefined) return;
    this.#underWay.get(params?.['requestId'] as string | number)?.abort();
  }
}

/** A value as a header may have it: what is not ASCII, or would be trimmed, goes in base64 (revision 2026-07-28, transports). */
const headerOf = (value: string): string =>
  /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value) ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`;

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? message;
}
