import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { hashApiKey, mayBeApiKey } from '../security/api-key.ts';
import { allows, type Permission, roleFor } from '../security/permissions.ts';
import type { BlobStore } from '../store/blobs/blob-store.ts';
import { findKeyHolder, type KeyHolder, type Principal, touchKey } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { findProject } from '../store/projects.ts';
import { type Tenant, tenantOf } from '../store/tenant.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** On whose behalf the request runs; set on every route but the public ones. */
    principal: Principal;
    /** The way to the rows of the principal's workspace. */
    tenant: Tenant;
  }
  interface FastifyContextConfig {
    /** What the route asks for of whoever calls it. */
    permission?: Permission;
  }
}

/**
 * Every route in this scope needs a key, as `Authorization: Bearer` or `X-API-Key`, whose holder has the route's permission.
 * A route that names no permission cannot be registered.
 */
export function requireKey(app: FastifyInstance, store: Store, pepper: string, blobs: BlobStore): void {
  app.decorateRequest('principal', null as unknown as Principal);
  app.decorateRequest('tenant', null as unknown as Tenant);
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.permission === undefined) throw new Error(`${method} ${url} names no permission`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const key = keyOf(request);
    const holder = mayBeApiKey(key) ? await findKeyHolder(store, hashApiKey(key, pepper)) : undefined;
    if (holder === undefined) {
      reply.header('WWW-Authenticate', 'Bearer');
      throw new ApiError(
        'unauthorized',
        'the API key is missing, wrong, expired or revoked: send it as `Authorization: Bearer <key>`',
      );
    }
    authorise(request, holder);
    request.principal = { ...holder, projectId: await projectOf(request, holder, store), requestId: request.id };
    request.tenant = tenantOf(store, holder.workspaceId, blobs);
    // Not awaited: the note of a key's use must not slow or fail the request.
    touchKey(store, holder.keyId).catch((error: unknown) =>
      request.log.warn({ err: error }, 'the use of a key was not noted'),
    );
  });
}

/** @throws ApiError forbidden, when the role or the key does not do for the route */
function authorise(request: FastifyRequest, holder: KeyHolder): void {
  const { permission } = request.routeOptions.config;
  if (permission === undefined) throw new Error('a route names no permission');
  if (allows(holder, permission)) return;
  throw new ApiError(
    'forbidden',
    holder.readOnly && allows({ ...holder, readOnly: false }, permission)
      ? 'the key may only read: use another one'
      : `that needs the role ${roleFor(permission)} or more; yours is ${holder.role}`,
  );
}

/** The project of a request: the key's own, the one that it names, or the workspace's first. @throws ApiError not_found */
async function projectOf(request: FastifyRequest, holder: KeyHolder, store: Store): Promise<string> {
  const header = request.headers['x-datamaker-project'];
  const named = typeof header === 'string' && header !== '' ? header.slice(0, 80) : undefined;
  if (holder.projectId !== null && (named === undefined || named === holder.projectId)) return holder.projectId;
  const found = holder.projectId === null ? await findProject(store, holder.workspaceId, named) : undefined;
  if (found !== undefined) return found;
  throw new ApiError('not_found', named === undefined ? 'the workspace has no project' : 'there is no such project');
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
