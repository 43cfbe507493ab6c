import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { hashApiKey, mayBeApiKey } from '../security/api-key.ts';
import { allows, type Permission, roleFor, scopeFor } from '../security/permissions.ts';
import { hashToken, mayBeToken } from '../security/token.ts';
import { callerBehind } from '../services/callers/known-callers.ts';
import { scriptBehind } from '../services/scenarios/broker/script-callers.ts';
import { batched } from '../store/batched.ts';
import type { BlobStore } from '../store/blobs/blob-store.ts';
import { type FoundKey, findKeyHolders, type KeyHolder, type Principal, touchKey } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { hasProject } from '../store/projects.ts';
import { findScriptHolder } from '../store/script-holders.ts';
import { findSessionHolders, touchSession } from '../store/sessions.ts';
import { type Tenant, tenantOf } from '../store/tenant.ts';
import type { OpenRequests } from './open-requests.ts';
import { refuseOtherSites } from './same-origin.ts';
import { sessionTokenOf } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** On whose behalf the request runs; set on every route but the public ones. */
    principal: Principal;
    /** The way to the rows of the principal's workspace. */
    tenant: Tenant;
    /** The same in transactions of their own, also where those of `tenant` are one that the whole request shares. */
    ownTenant: Tenant;
  }
  interface FastifyContextConfig {
    /** What the route asks for of whoever calls it. */
    permission?: Permission;
    /** What the route is about; `workspace`: keys for one project do not do. */
    about?: 'workspace';
    /** Whether it is there for a workspace that is deleted. */
    evenDeleted?: true;
  }
}

/**
 * Every route in this scope needs a key, as `Authorization: Bearer` or `X-API-Key`, or the cookie of a session, whose holder
 * has the route's permission. A route that names no permission cannot be registered.
 */
export function requireKey(
  app: FastifyInstance,
  { store, pepper, blobs }: { readonly store: Store; readonly pepper: string; readonly blobs: BlobStore },
  open: OpenRequests,
): void {
  app.decorateRequest('principal', null as unknown as Principal);
  app.decorateRequest('tenant', null as unknown as Tenant);
  app.decorateRequest('ownTenant', null as unknown as Tenant);
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.permission === undefined) throw new Error(`${method} ${url} names no permission`);
  });
  const findKeyHolder = batched((hashes) => findKeyHolders(store, hashes));
  const findSessionHolder = batched((hashes) => findSessionHolders(store, hashes));
  /** A key that a request sends goes before a cookie that comes along. */
  const find = async (request: FastifyRequest): Promise<FoundKey | undefined> => {
    const script = scriptBehind(request.raw.socket);
    // Its broker has looked at the token; no other credential counts here.
    if (script !== undefined) return findScriptHolder(tenantOf(store, script.workspaceId), script.runId, script.lease);
    const caller = callerBehind(request.raw.socket);
    if (caller !== undefined) return caller.find();
    const key = keyOf(request);
    if (key !== '') return mayBeApiKey(key) ? findKeyHolder(hashApiKey(key, pepper)) : undefined;
    const token = sessionTokenOf(request) ?? '';
    return mayBeToken('session', token) ? findSessionHolder(hashToken('session', token, pepper)) : undefined;
  };
  app.addHook('onRequest', async (request, reply) => {
    // What belongs to somebody is kept by nobody in between, and is no page.
    reply.headers({
      'Cache-Control': 'private, no-cache',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    });
    const found = await find(request);
    if (found === undefined) {
      reply.header('WWW-Authenticate', 'Bearer');
      throw new ApiError(
        'unauthorized',
        'the API key is missing, wrong, expired or revoked: send it as `Authorization: Bearer <key>`',
      );
    }
    const { hash: _hash, defaultProject: _project, isStale, deletedAt: _at, purgeAt: _until, ...holder } = found;
    if (holder.credential === 'session' && callerBehind(request.raw.socket) === undefined) refuseOtherSites(request);
    const problem = problemOf(request, found);
    if (problem !== undefined) throw problem;
    request.principal = {
      ...holder,
      projectId: await projectOf(request, found, store),
      onlyProject: holder.projectId !== null,
      requestId: request.id,
    };
    request.tenant = tenantOf(store, holder.workspaceId, blobs);
    request.ownTenant = request.tenant;
    open.watch(request, reply, async () => {
      const now = await find(request);
      return now !== undefined && problemOf(request, now) === undefined;
    });
    if (!isStale) return;
    const touch = holder.credential === 'key' ? touchKey : touchSession;
    // Not awaited: the note of a use must not slow or fail the request.
    touch(store, holder.keyId).catch((error: unknown) =>
      request.log.warn({ err: error }, 'the use of a key was not noted'),
    );
  });
  // PostgreSQL cannot even look for them.
  app.addHook('preValidation', async ({ params }) => {
    if (Object.values(params as object).some((value) => String(value).includes('\0'))) {
      throw new ApiError('not_found', 'there is no such thing: ids have no NUL characters');
    }
  });
}

/** Why the route is not for the holder now; undefined: it is. */
function problemOf(request: FastifyRequest, holder: FoundKey): ApiError | undefined {
  if (holder.deletedAt !== null && request.routeOptions.config.evenDeleted !== true) {
    const day = holder.purgeAt?.toISOString().slice(0, 10);
    const message = `the workspace is deleted: an owner can restore it until ${day}`;
    return new ApiError('workspace_deleted', message);
  }
  const lack = lackOf(request, holder);
  return lack === undefined ? undefined : new ApiError('forbidden', lack);
}

/** Why the role or the key does not do for the route; undefined: it does. */
function lackOf(request: FastifyRequest, holder: KeyHolder): string | undefined {
  const { permission, about } = request.routeOptions.config;
  if (permission === undefined) throw new Error('a route names no permission');
  if (allows(holder, permission)) {
    if (about !== 'workspace' || holder.projectId === null) return undefined;
    return 'the key is for one project only: use one for the whole workspace';
  }
  if (!allows({ ...holder, readOnly: false, scopes: null }, permission)) {
    return `that needs the role ${roleFor(permission)} or more; yours is ${holder.role}`;
  }
  return holder.readOnly
    ? 'the key may only read: use another one'
    : `that needs a key with the scope ${scopeFor(permission)}; this one has ${holder.scopes?.join(', ')}`;
}

/** The project of a request: the key's own, the one that it names, or the workspace's first. @throws ApiError not_found */
async function projectOf(request: FastifyRequest, found: FoundKey, store: Store): Promise<string> {
  const header = request.headers['x-datamaker-project'];
  const named = typeof header === 'string' && header !== '' ? header.slice(0, 80) : undefined;
  const { defaultProject, projectId, workspaceId } = found;
  if (named === undefined || named === defaultProject) {
    if (defaultProject !== null) return defaultProject;
    throw new ApiError('not_found', 'the workspace has no project');
  }
  if (projectId === null && (await hasProject(store, workspaceId, named))) return named;
  throw new ApiError('not_found', 'there is no such project');
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
