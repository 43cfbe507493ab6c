import { createHash, timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BrokerHandler, BrokerResponse } from './broker-handler.ts';
import { Places } from './places.ts';
import { type Refusal, refusalBody, STATUS } from './refusal.ts';

/** What one script may ask of its broker at a time. */
export interface BrokerLimits {
  /** Connections that are open; further ones are closed at once. */
  readonly connections: number;
  /** Requests that are answered at a time; others wait, and nothing of them is read. */
  readonly atOnce: number;
  /** Bytes of a body. */
  readonly bodyBytes: number;
  /** How long a request may take, from its first line to the last byte of its answer. */
  readonly wallMs: number;
}

export const BROKER_LIMITS: BrokerLimits = {
  connections: 32,
  atOnce: 8,
  bodyBytes: 64 * 1024 * 1024,
  // A call that waits for a run takes five minutes.
  wallMs: 15 * 60_000,
};

export interface BrokerOptions {
  /** Where it listens; short enough for the system, in a folder that is for nobody else. */
  readonly path: string;
  /** The only credential that is accepted. */
  readonly token: string;
  readonly handler: BrokerHandler;
  readonly limits?: Partial<BrokerLimits>;
  /** Told of what is no fault of the script. */
  readonly onError: (error: unknown) => void;
}

export interface Broker {
  /** Nothing is answered from now on, and what is under way is cut off. */
  close(): Promise<void>;
}

/** For as long as a script may take to say what it wants: it is on the same machine. */
const HEADERS_MS = 10_000;
const HEADER_BYTES = 16 * 1024;
const LOOK_MS = 1000;

/**
 * Opens the way out of a sandbox: HTTP over a unix socket, whose requests have to bring the token of the run, and go to a handler. It dials
 * nothing, and passes no bytes on: what is asked is read, checked, and asked anew.
 */
export async function openBroker({ path, token, handler, limits, onError }: BrokerOptions): Promise<Broker> {
  const { connections, atOnce, bodyBytes, wallMs } = { ...BROKER_LIMITS, ...limits };
  const digest = digestOf(token);
  const places = new Places(atOnce);
  const closed = new AbortController();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, closed.signal, AbortSignal.timeout(wallMs)]);
    const problem = problemOf(request, digest, bodyBytes);
    if (problem !== undefined) return refuse(request, response, problem);
    const leave = await places.take(signal);
    let found: BrokerResponse;
    const body = bounded(request, bodyBytes);
    try {
      const { method = 'GET', url = '/' } = request;
      const headers = { ...passedOn(request.headers), host: 'datamaker', authorization: `Bearer ${token}` };
      found = await handler({ method, path: url, headers, body, signal });
      response.writeHead(found.status, passedOn(found.headers as IncomingHttpHeaders));
      await pipeline(found.body, response, { signal });
      // What was not read of the request would else be taken for the next one.
      if (!request.complete) request.socket.destroySoon();
    } catch (error) {
      if (response.headersSent || signal.aborted) {
        response.destroy();
        if (!gone.signal.aborted && !signal.aborted) onError(error);
      } else if (body.errored instanceof TooLarge) {
        refuse(request, response, ['payload_too_large', `a body has at most ${bodyBytes / 1024 / 1024} MiB`]);
      } else {
        onError(error);
        refuse(request, response, ['internal_error', 'the request could not be answered']);
      }
    } finally {
      leave();
    }
  };

  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: Math.max(wallMs, HEADERS_MS),
      connectionsCheckingInterval: LOOK_MS,
      keepAlive: false,
      // A script that thinks for a while does not have to connect again.
      keepAliveTimeout: 0,
      insecureHTTPParser: false,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (!closed.signal.aborted) onError(error);
        response.destroy();
      });
    },
  );
  server.maxConnections = connections;
  // It is no proxy: there is nowhere to go from here.
  for (const event of ['connect', 'upgrade']) {
    server.on(event, (_request, socket: Socket) => refuseBytes(socket, 'the broker makes no tunnels'));
  }
  server.on('clientError', (_error, socket) => refuseBytes(socket as Socket, 'the request is not well-formed HTTP'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', onError);
  return {
    close: async () => {
      closed.abort(new Error('the run is over'));
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await ended;
      await rm(path, { force: true });
    },
  };
}

/** Why a request is not passed on. */
function problemOf(
  { method = '', url = '', headers }: IncomingMessage,
  digest: Buffer,
  bodyBytes: number,
): Refusal | undefined {
  if (!isOwn(headers, digest)) {
    return ['unauthorized', 'through this socket only the token of this run is accepted, as DM_RUN_TOKEN has it'];
  }
  // The form for proxies names another host, that of CONNECT nothing else.
  if (!url.startsWith('/') || method === 'TRACE') {
    return ['bad_request', 'the request has to name a path of the API: the broker leads nowhere else'];
  }
  if (Number(headers['content-length'] ?? 0) > bodyBytes) {
    return ['payload_too_large', `a body has at most ${bodyBytes / 1024 / 1024} MiB`];
  }
  return undefined;
}

/** Whether each credential that is there is the token, and there is one. */
function isOwn({ authorization, 'x-api-key': header }: IncomingHttpHeaders, digest: Buffer): boolean {
  const bearer = authorization === undefined ? undefined : (/^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '');
  const given = [bearer, header].filter((one) => one !== undefined);
  return given.length > 0 && given.every((one) => timingSafeEqual(digestOf(String(one)), digest));
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Of one connection (RFC 9110, 7.6.1), of proxies, and credentials: the broker brings its own. */
const HELD_BACK =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|host|authorization|x-api-key|cookie|set-cookie|forwarded|x-forwarded-.*|x-real-ip|via)$/;

function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = new Set(
    String(headers.connection ?? '')
      .toLowerCase()
      .split(/[\s,]+/),
  );
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !HELD_BACK.test(name) && (name === 'content-length' || !named.has(name)),
    ),
  );
}

class TooLarge extends Error {}

/** The body of a request, which breaks off where it becomes too large. */
function bounded(request: IncomingMessage, most: number): Readable {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > most ? new TooLarge() : null, chunk);
    },
  });
  pipeline(request, counted, { end: true }).catch(() => undefined);
  return counted;
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const body = refusalBody(refusal);
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  // What was sent with it is not read.
  const closes = coding === undefined && Number(length ?? 0) === 0 ? {} : { Connection: 'close' };
  response.writeHead(STATUS[refusal[0]], {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...closes,
  });
  response.end(body);
}

function refuseBytes(socket: Socket, message: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = refusalBody(['bad_request', message]);
  const head = ['HTTP/1.1 400 Bad Request', 'Content-Type: application/json; charset=utf-8', 'Connection: close'];
  socket.end(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
