import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import { sendLimit } from '../limit-headers.ts';
import { decodeBody, parseJson } from '../parse-body.ts';
import { signalOf } from '../signal-of.ts';
import { sweepEvery } from '../sweep.ts';
import { type McpDoor, type McpRequester, requesterOf } from './authenticate-mcp.ts';
import { eventRoutes } from './event-routes.ts';
import { forbidden, handleMessageErrors, MessageError, notJson } from './json-rpc-errors.ts';
import { isKnownHost, isKnownOrigin } from './known-hosts.ts';
import { describeResource } from './protected-resource.ts';

export interface McpOptions extends McpDoor {
  /** Names that lead to this server. */
  readonly hosts: readonly string[];
  /** Origins whose pages may ask. */
  readonly origins: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** On the routes of MCP: who asks. */
    mcp: McpRequester;
  }
}

const MINUTE_MS = 60_000;

/** The Model Context Protocol at `/mcp`, and as it was before Streamable HTTP at `/mcp/sse`. */
export function mcpRoutes(app: FastifyInstance, options: McpOptions): void {
  describeResource(app);
  app.register(async (scope) => {
    handleMessageErrors(scope);
    takeMessages(scope);
    guard(scope, options);
    streamableRoutes(scope);
    eventRoutes(scope);
  });
}

/** What comes in is JSON that this room reads itself: its errors are those of JSON-RPC. */
function takeMessages(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, readMessage(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function readMessage(bytes: Buffer): unknown {
  let message: unknown;
  try {
    message = parseJson(decodeBody(bytes));
  } catch (error) {
    throw notJson((error as ApiError).message);
  }
  if (Array.isArray(message)) throw new MessageError('batches are in none of the revisions here: send one message');
  if (typeof message !== 'object' || message === null) throw new MessageError('send one message of JSON-RPC');
  return message;
}

/** Looks at host and origin before anything else, then at the key, then at what its plan gives. */
function guard(app: FastifyInstance, options: McpOptions): void {
  app.decorateRequest('mcp', null as unknown as McpRequester);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    if (!isKnownHost(request.hostname, options.hosts)) {
      throw forbidden(
        `the server is not known as ${JSON.stringify(request.hostname.slice(0, 100))}: see DATAMAKER_HOSTS`,
      );
    }
    const { origin } = request.headers;
    if (origin !== undefined && !isKnownOrigin(origin, request.host, options.origins)) {
      throw forbidden('pages of that origin may not ask: see DATAMAKER_CORS_ORIGINS');
    }
    request.mcp = await requesterOf(request, reply, options);
    const { holder } = request.mcp;
    if (holder === undefined) return;
    const report = await options.limiter.takeRequest(holder.workspaceId, holder.plan);
    if (report === undefined) return;
    sendLimit(reply, report);
    if (report.allowed) return;
    throw new ApiError(
      'rate_limited',
      `the plan ${holder.plan} gives ${report.size} requests a minute: wait for Retry-After`,
    );
  });
}

function streamableRoutes(app: FastifyInstance): void {
  const schema = { hide: true };
  const onError = (error: Error): void => app.log.info({ err: error }, 'a message was refused');
  let opening: ReturnType<typeof open> | undefined;
  const open = async () => {
    const { StreamableDoor } = await import('../../mcp/streamable-door.ts');
    return new StreamableDoor(onError);
  };
  // Most servers are never asked by this protocol, so its library is not read before that.
  const door = () => {
    opening ??= open();
    return opening;
  };
  sweepEvery(app, MINUTE_MS, 'who does not speak any more', async () => (await opening)?.sweep());
  app.addHook('preClose', async () => (await opening)?.close());

  app.post('/mcp', { schema }, async (request, reply) => {
    const answer = await (await door()).post(toWebRequest(request, reply), request.body, request.mcp.caller);
    return send(reply, answer);
  });
  app.route({
    method: ['GET', 'DELETE'],
    url: '/mcp',
    schema,
    handler: async (request, reply) =>
      send(reply, await (await door()).ofSession(toWebRequest(request, reply), request.mcp.caller)),
  });
}

/** Method and headers; the body is given apart from it. */
function toWebRequest(request: FastifyRequest, reply: FastifyReply): Request {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  return new Request(`http://${request.host}${request.url}`, {
    method: request.method,
    headers,
    signal: signalOf(reply),
  });
}

function send(reply: FastifyReply, answer: Response): FastifyReply {
  reply.code(answer.status);
  for (const [name, value] of answer.headers) reply.header(name, value);
  // nginx would hold events back until its buffer is full.
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) reply.header('X-Accel-Buffering', 'no');
  return answer.body === null ? reply.send() : reply.send(Readable.fromWeb(answer.body as ReadableStream));
}
