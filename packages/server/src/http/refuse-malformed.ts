import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, type ErrorCode } from '../errors.ts';
import { isOfDatagen, sendDatagenError } from './datagen/errors.ts';
import { errorBody, sendError } from './errors.ts';
import { logAnswer, logRefusal } from './observe/log-requests.ts';

export const newRequestId = (): string => `req_${randomUUID()}`;

/** Headers of every answer, whoever gives it. */
export const commonHeaders = (requestId: string) => ({
  'Request-Id': requestId,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Permitted-Cross-Domain-Policies': 'none',
});

/** Answers a request whose path cannot be routed: no hook and no error handler sees it. Each door has its own errors. */
export function refusePath(error: { code: string }, request: FastifyRequest, reply: FastifyReply): void {
  logAnswer(request, reply);
  reply.headers(commonHeaders(request.id));
  const known =
    error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? new ApiError('not_found', 'there is no such route')
      : new ApiError('bad_request', 'the path is not well-formed: check its percent signs');
  if (isOfDatagen(request)) sendDatagenError(request, reply, known);
  else sendError(request, reply, known.code, known.message);
}

/** Node would answer these without an id. RFC 9112, 3.2. @throws ApiError bad_request */
export function refuseWithoutHost({ headers, raw }: FastifyRequest): void {
  if (headers.host !== undefined || raw.httpVersion !== '1.1') return;
  throw new ApiError('bad_request', 'the request names no host: HTTP/1.1 asks for the header Host');
}

/** Answers what is not a request at all, and closes the connection. */
export function refuseBytes(this: FastifyInstance, error: { code: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const code: ErrorCode = 'bad_request';
  const id = newRequestId();
  const message =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'the headers are too large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'the request did not arrive in time'
        : 'the request is not well-formed HTTP';
  logRefusal(this.log, id, message);
  const body = JSON.stringify(errorBody(code, message, id));
  const headers = {
    ...commonHeaders(id),
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('')}\r\n${body}`);
}
