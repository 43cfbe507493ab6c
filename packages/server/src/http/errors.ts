import { ExternalError } from '@datamaker/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, ERRORS, type ErrorCode, validationError } from '../errors.ts';
import { PROBLEM_TYPE, problemBody, wantsProblem } from './problem.ts';
import { RouteTable } from './route-table.ts';

/** Every error leaves in one shape, with the request's id; what is not meant for clients is logged and not shown. */
export function handleErrors(app: FastifyInstance): void {
  const routes = new RouteTable(app);
  app.decorate('routeTable', routes);
  app.setErrorHandler((error, request, reply) => {
    const known = toApiError(error, request);
    if (known === undefined) {
      request.fault = error;
      return sendError(
        request,
        reply,
        'internal_error',
        'Something went wrong in the server; quote the request id when you report it.',
      );
    }
    reply.headers(known.headers);
    request.fault = known.cause ?? (known.status >= 500 ? error : undefined);
    return sendError(request, reply, known.code, known.message, known.diagnostics, known.facts);
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.methodsOf(request.url.split('?')[0] ?? '');
    if (allowed.length > 0) {
      reply.header('Allow', allowed.join(', '));
      return sendError(request, reply, 'method_not_allowed', `this path takes ${allowed.join(', ')}`);
    }
    return sendError(request, reply, 'not_found', 'there is no such route');
  });
}

/** The one shape of errors. */
export const errorBody = (
  code: ErrorCode,
  message: string,
  requestId: string,
  diagnostics: ApiError['diagnostics'] = [],
  facts: ApiError['facts'] = {},
) => ({
  error: {
    code,
    message,
    details: { ...facts, ...(diagnostics.length > 0 ? { diagnostics } : {}) },
    request_id: requestId,
  },
});

export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  message: string,
  diagnostics: ApiError['diagnostics'] = [],
  facts: ApiError['facts'] = {},
): FastifyReply {
  request.errorCode = code;
  if (code === 'request_in_progress') reply.header('Retry-After', 1);
  reply.header('Vary', 'Accept');
  if (wantsProblem(request)) {
    return reply
      .code(ERRORS[code].status)
      .type(`${PROBLEM_TYPE}; charset=utf-8`)
      .send(JSON.stringify(problemBody(code, message, request.id, diagnostics, facts)));
  }
  return reply
    .code(ERRORS[code].status)
    .type('application/json; charset=utf-8')
    .send(errorBody(code, message, request.id, diagnostics, facts));
}

/** Most bytes of a body, unless its route takes more. */
export const BODY_LIMIT = 5 * 1024 * 1024;

/** Errors of fastify and the database in the catalogue's terms. */
export function toApiError(error: unknown, request?: FastifyRequest): ApiError | undefined {
  if (error instanceof ApiError) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (error instanceof Error && error.name === 'ExpressionError') {
    // A derived field met values that its expression cannot work with: the template's fault, seen only now.
    return validationError([{ code: code ?? 'expression_error', pointer: '/fields', message: error.message }]);
  }
  if (error instanceof ExternalError) return validationError([error.diagnostic]);
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiError(
        'payload_too_large',
        `the body is larger than ${(request?.routeOptions.bodyLimit ?? BODY_LIMIT) / 1024 / 1024} MiB`,
      );
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_TYPE':
      return new ApiError('unsupported_media_type', 'send JSON, as Content-Type: application/json');
  }
  if ((error as { constraint?: string }).constraint === 'project_is_there') {
    return new ApiError('not_found', 'there is no such project');
  }
  // What a schema let through: PostgreSQL text holds no NUL.
  if (code === '22021') return new ApiError('bad_request', 'the request has a NUL character: leave out \\u0000');
  if (isDatabaseGone(error)) {
    return new ApiError('unavailable', 'the database cannot be reached at the moment; try again');
  }
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? new ApiError('bad_request', 'the request is not well-formed')
    : undefined;
}

/** SQLSTATE 57P01 to 57P05: the server shuts down, crashed or starts; class 08: the connection broke; 53300: all are taken. */
const GONE = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[1-5]|08...|53300)$/;

/** Whether a database error is about reaching it: it may be well again at the next try. */
function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    GONE.test((error as { code?: string }).code ?? '') ||
    /^Connection terminated|timeout exceeded when trying to connect|not queryable$/.test(error.message) ||
    isDatabaseGone(error.cause)
  );
}
