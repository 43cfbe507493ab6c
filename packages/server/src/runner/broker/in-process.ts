import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as open,
  type RequestListener,
} from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BrokerHandler, BrokerRequest, BrokerResponse } from './broker-handler.ts';

/**
 * Asks an HTTP application of this process without a network: each request has a connection that is memory. What arrives there was
 * written by this process, whatever bytes a script had sent.
 * @param answer of the application, such as `routing` of fastify
 * @param connected told of each connection before anything is sent over it, as the application sees it (`request.socket`)
 */
export function inProcess(answer: RequestListener, connected: (socket: Duplex) => void): BrokerHandler {
  // How long who waits for what is for the broker to say.
  const server = createServer({ keepAlive: false, requestTimeout: 0, headersTimeout: 0 }, answer);
  // Nobody is there to be told what was wrong with what this process wrote.
  server.on('clientError', (_error, socket) => socket.destroy());
  return async (request) => {
    request.signal.throwIfAborted();
    const [ours, theirs] = duplexPair();
    for (const end of [ours, theirs]) end.on('error', () => undefined);
    connected(theirs);
    server.emit('connection', theirs);
    // A pair does not tell one end that the other is gone.
    ours.once('close', () => theirs.destroy());
    theirs.once('close', () => ours.destroy());
    const cut = (): void => void ours.destroy();
    request.signal.addEventListener('abort', cut, { once: true });
    ours.once('close', () => request.signal.removeEventListener('abort', cut));
    try {
      return await exchange(ours, request);
    } catch (error) {
      ours.destroy();
      throw error;
    }
  };
}

async function exchange(connection: Duplex, { method, path, headers, body }: BrokerRequest): Promise<BrokerResponse> {
  const request = open({
    method,
    path,
    headers: headers as OutgoingHttpHeaders,
    setHost: false,
    // Without an agent, which would dial: one that is named, even as false, goes before this.
    createConnection: () => connection,
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
  });
  // An answer may come before all was read: what is left is of no interest then.
  pipeline(body, request).catch(() => undefined);
  const answer = await answered;
  answer.once('close', () => connection.destroy());
  return { status: answer.statusCode ?? 502, headers: answer.headers as OutgoingHttpHeaders, body: answer };
}
