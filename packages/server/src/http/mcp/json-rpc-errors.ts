import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../errors.ts';
import { toApiError } from '../errors.ts';
import { metadataUrl } from './protected-resource.ts';

// JSON-RPC 2.0, section 5.1.
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
/** Of servers, for what the specification has no number for. */
const REFUSED = -32000;
const INTERNAL_ERROR = -32603;

/** What was sent is no message of JSON-RPC, or not one that can be taken now. */
export class MessageError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(message: string, status = 400, code = INVALID_REQUEST) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The message of a request that is not JSON. */
export const notJson = (why: string): MessageError => new MessageError(why, 400, PARSE_ERROR);

/** Errors in this scope are answers of JSON-RPC, with the statuses and codes of the API. */
export function handleMessageErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const send = (status: number, code: number, message: string, data: object) =>
      reply
        .code(status)
        .type('application/json; charset=utf-8')
        .send(
          JSON.stringify({
            jsonrpc: '2.0',
            id: null,
            error: { code, message, data: { ...data, request_id: request.id } },
          }),
        );
    if (error instanceof MessageError) return send(error.status, error.code, error.message, {});
    const known = toApiError(error, request);
    if (known === undefined) {
      request.fault = error;
      const message = 'Something went wrong in the server; quote the request id when you report it.';
      return send(500, INTERNAL_ERROR, message, { code: 'internal_error' });
    }
    reply.headers(known.headers);
    if (known.status === 401) reply.header('WWW-Authenticate', challengeOf(metadataUrl(request)));
    request.fault = known.cause ?? (known.status >= 500 ? error : undefined);
    return send(known.status, REFUSED, known.message, { code: known.code });
  });
}

/** RFC 9728, section 5.1. */
const challengeOf = (url: string): string => `Bearer resource_metadata="${url}"`;

export const forbidden = (message: string): ApiError => new ApiError('forbidden', message);
