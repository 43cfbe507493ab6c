import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { hashApiKey, mayBeApiKey } from '../security/api-key.ts';
import { findPrincipal, type Principal, touchKey } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** On whose behalf the request runs; set on every route but the public ones. */
    principal: Principal;
  }
}

/** Every route in this scope needs a key, as `Authorization: Bearer` or `X-API-Key`. */
export function requireKey(app: FastifyInstance, store: Store, pepper: string): void {
  app.decorateRequest('principal', null as unknown as Principal);
  app.addHook('onRequest', async (request, reply) => {
    const key = keyOf(request);
    const principal = mayBeApiKey(key) ? await findPrincipal(store, hashApiKey(key, pepper)) : undefined;
    if (principal === undefined) {
      reply.header('WWW-Authenticate', 'Bearer');
      throw new ApiError(
        'unauthorized',
        'the API key is missing, wrong or revoked: send it as `Authorization: Bearer <key>`',
      );
    }
    request.principal = principal;
    // Not awaited: the note of a key's use must not slow or fail the request.
    touchKey(store, principal.keyId).catch((error: unknown) =>
      request.log.warn({ err: error }, 'the use of a key was not noted'),
    );
  });
}

/** The key that a request brings, in either header; empty: none. @throws ApiError when they differ */
export function keyOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  const header = request.headers['x-api-key'];
  const bearer = authorization === undefined ? undefined : /^Bearer +(.+)$/i.exec(authorization)?.[1]?.trim();
  const plain = typeof header === 'string' ? header.trim() : undefined;
  if (bearer !== undefined && plain !== undefined && bearer !== plain) {
    throw new ApiError('conflicting_credentials', 'Authorization and X-API-Key name different keys: send one');
  }
  return bearer ?? plain ?? '';
}
