import type { FastifyRequest } from 'fastify';
import { type ApiError, ERRORS, type ErrorCode } from '../errors.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** Whether the client asks for errors as RFC 9457 has them. */
export const wantsProblem = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').split(',').some((part) => part.split(';')[0]?.trim().toLowerCase() === PROBLEM_TYPE);

/** An error as RFC 9457 has it, with the same code and request id as in our own shape. */
export const problemBody = (
  code: ErrorCode,
  message: string,
  requestId: string,
  diagnostics: ApiError['diagnostics'] = [],
  facts: ApiError['facts'] = {},
) => ({
  ...facts,
  type: `urn:datamaker:error:${code}`,
  title: ERRORS[code].summary,
  status: ERRORS[code].status,
  detail: message,
  instance: `urn:datamaker:request:${requestId}`,
  code,
  request_id: requestId,
  ...(diagnostics.length > 0 ? { diagnostics } : {}),
});
