import type { FastifyRequest } from 'fastify';
import { validationError } from '../errors.ts';
import type { GenerationRequest } from '../services/generation-service.ts';
import { parseRange } from '../services/row-range.ts';

/** What a client asks to be generated, and whether by a run. */
type GenerateBody = GenerationRequest & { readonly async?: unknown };

/** What is to be generated, whoever makes it. */
export function withoutAsync<Body extends { readonly async?: unknown }>(body: Body): Omit<Body, 'async'> {
  const { async: _async, ...rest } = body;
  return rest;
}

/**
 * Whether a generation is to be a run: when the body or `Prefer: respond-async` (RFC 7240, section 4.1) says so, or where nothing is
 * said and it asks for more rows than `asyncRows`.
 * @throws ApiError validation_error
 */
export function wantsRun(request: FastifyRequest<{ Body: GenerateBody }>, asyncRows: number | undefined): boolean {
  const { async: said } = request.body;
  if (said === true || said === 'true') return true;
  if (said === false || said === 'false') return false;
  if (said !== undefined) {
    const message = 'async must be true or false';
    throw validationError([
      { code: 'invalid_async', pointer: '/async', message, hint: 'true: a run, false: a stream' },
    ]);
  }
  if (prefersRun(request)) return true;
  if (asyncRows === undefined) return false;
  const range = parseRange(request.body, []);
  return range !== undefined && range.to - range.from > asyncRows;
}

/** Preferences that are not known, and parameters of known ones, say nothing (RFC 7240, section 2). */
export const prefersRun = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  [headers.prefer ?? []]
    .flat()
    .join(',')
    .split(',')
    .some((preference) => /^\s*respond-async\s*(=\s*("")?\s*)?(;|$)/i.test(preference));
