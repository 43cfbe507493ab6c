import {
  type AuthInfo,
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpHttpHandler,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { McpCaller } from './mcp-caller.ts';
import { openMcpServer } from './open-mcp-server.ts';
import { refusal } from './refusal.ts';
import { type Session, Sessions } from './sessions.ts';

type Streamable = WebStandardStreamableHTTPServerTransport;

const HEARTBEAT_MS = 10_000;

/** What handlers of requests are told of whom they are from. */
export const authInfoOf = (caller: McpCaller): AuthInfo => ({
  token: '',
  clientId: caller.id,
  scopes: [],
  extra: { caller },
});

/** Streamable HTTP: from 2026-07-28 on each request stands alone, before that they belong to sessions. */
export class StreamableDoor {
  readonly #sessions = new Sessions<Streamable>();
  readonly #modern: McpHttpHandler;

  /** @param onError told of what was wrong with what came in */
  constructor(onError: (error: Error) => void) {
    this.#modern = createMcpHandler(openMcpServer, { legacy: 'reject', keepAliveMs: HEARTBEAT_MS, onerror: onError });
  }

  /** Answers a message. @param body of the request, which is JSON */
  async post(request: Request, body: unknown, caller: McpCaller): Promise<Response> {
    const authInfo = authInfoOf(caller);
    if (!(await isLegacyRequest(request, body))) return this.#modern.fetch(request, { parsedBody: body, authInfo });
    const isFirst = isInitializeRequest(body);
    const session = isFirst ? undefined : this.#sessionOf(request, caller);
    if (session instanceof Response) return session;
    if (session === undefined) {
      if (!isFirst) return refusal(400, 'begin with initialize: the request names no session');
      const transport = await this.#open(caller);
      return transport.handleRequest(request, { parsedBody: body, authInfo });
    }
    const id = requestIdOf(body);
    if (id === undefined) return session.transport.handleRequest(request, { parsedBody: body, authInfo });
    if (session.underWay.has(id)) return refusal(400, 'a request with that id is under way in the session');
    session.underWay.add(id);
    const free = (): void => void session.underWay.delete(id);
    try {
      return whenDone(await session.transport.handleRequest(request, { parsedBody: body, authInfo }), free);
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Opens the stream of a session, or ends the session. */
  async ofSession(request: Request, caller: McpCaller): Promise<Response> {
    const session = this.#sessionOf(request, caller);
    if (session instanceof Response) return session;
    // Without sessions there is nothing to open or to end.
    if (session === undefined) return refusal(405, 'this path takes POST', { allow: 'POST' });
    return session.transport.handleRequest(request, { authInfo: authInfoOf(caller) });
  }

  sweep = (): Promise<void> => this.#sessions.sweep();

  async close(): Promise<void> {
    await Promise.all([this.#sessions.close(), this.#modern.close()]);
  }

  #sessionOf({ headers }: Request, caller: McpCaller): Session<Streamable> | Response | undefined {
    const id = headers.get('mcp-session-id');
    if (id === null) return undefined;
    return (
      this.#sessions.find(id, caller) ?? refusal(404, 'there is no such session: begin with initialize', {}, -32001)
    );
  }

  async #open(caller: McpCaller): Promise<Streamable> {
    const transport: Streamable = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: Sessions.newId,
      keepAliveMs: HEARTBEAT_MS,
      onsessioninitialized: (id) => void this.#sessions.keep(id, transport, caller),
      onsessionclosed: (id) => this.#sessions.forget(id),
    });
    await openMcpServer().connect(transport);
    return transport;
  }
}

/** The id of the request that is in a message; undefined: it is none. */
function requestIdOf(message: unknown): string | number | undefined {
  const { id, method } = message as { readonly id?: unknown; readonly method?: unknown };
  return typeof method === 'string' && (typeof id === 'string' || typeof id === 'number') ? id : undefined;
}

/** The same answer, and a word when it has been read to its end or nobody reads it any more. */
function whenDone(answer: Response, done: () => void): Response {
  if (answer.body === null) {
    done();
    return answer;
  }
  const reader = answer.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done: isOver } = await reader.read();
      if (isOver) {
        done();
        controller.close();
      } else controller.enqueue(value);
    },
    cancel: async (reason) => {
      done();
      await reader.cancel(reason);
    },
  });
  return new Response(body, { status: answer.status, headers: answer.headers });
}
