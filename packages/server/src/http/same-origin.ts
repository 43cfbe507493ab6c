import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Browsers send cookies along whatever page asks for the request, so what changes something has to come from a page of this
 * server. They say so themselves: `Sec-Fetch-Site` over TLS and to this machine, `Origin` with whatever may change something;
 * neither can be set by a page. Fetch Metadata and the check of the origin are the OWASP cheat sheet's ways that need no token.
 * @throws ApiError cross_site_request
 */
export function refuseOtherSites(request: FastifyRequest): void {
  if (!SAFE.has(request.method) && originOf(request) !== 'same') refuse();
}

/** For requests that need no cookie: refuses those of which a browser says that another site asks. @throws ApiError cross_site_request */
export function refuseKnownOtherSites(request: FastifyRequest): void {
  if (!SAFE.has(request.method) && originOf(request) === 'other') refuse();
}

function originOf({ headers, host }: FastifyRequest): 'same' | 'other' | 'unknown' {
  const site = headers['sec-fetch-site'];
  // `none` is what somebody typed or has bookmarked; no page asks for it.
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'same' : 'other';
  const { origin } = headers;
  if (origin === undefined) return 'unknown';
  return URL.parse(origin)?.host === host ? 'same' : 'other';
}

function refuse(): never {
  throw new ApiError(
    'cross_site_request',
    'in a browser only pages of this server may sign in or change something: elsewhere send an API key',
  );
}
