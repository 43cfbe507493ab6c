import { createHash, hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, conflict, validationError } from '../errors.ts';
import { hashRequest } from '../services/repeats/hash-request.ts';
import type { Claim, RequestClaims } from '../services/repeats/request-claims.ts';
import type { RequestName } from '../store/request-claims.ts';
import type { Tenant } from '../store/tenant.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The claim of a request with an Idempotency-Key, until its answer is kept. */
    claim: Claim | undefined;
    /** What it is called, also when the answer is kept. */
    claimed: RequestName | undefined;
    /** The name of a request with an Idempotency-Key whose answer is made anew from what was noted. */
    repeatable: RequestName | undefined;
  }
  interface FastifyContextConfig {
    /**
     * What is kept of a POST with an Idempotency-Key: `answer` (unless stated), `recipe` for answers that are made anew from what
     * `recall` notes, `late` for routes that read their body themselves and tell `settleOnce` what it is known by, `nothing` for routes
     * that see to it themselves.
     */
    repeats?: 'answer' | 'recipe' | 'late' | 'nothing';
    /** Whether the body may say in `after` which request of the route has to be answered before. */
    ordered?: boolean;
  }
}

const MAX_KEY_LENGTH = 255;
/** Of larger bodies with rows the bytes count: to put them in order costs as much as all else that is done with them. */
const MOST_ORDERED = 64 * 1024;
/** Headers that belong to what is answered and not to the request at hand. */
const KEPT_HEADERS = /^(content-type|content-disposition|location|etag|last-modified|link|x-datamaker-.*)$/;

/** Every POST in this scope may bring an Idempotency-Key: it has one effect, and one answer that is given again. */
export function acceptRepeats(app: FastifyInstance, claims: RequestClaims, secret: string): void {
  app.decorateRequest('claim', undefined);
  app.decorateRequest('claimed', undefined);
  app.decorateRequest('repeatable', undefined);
  app.addHook('preHandler', async (request, reply) => {
    const requestKey = keyOf(request);
    const { repeats = 'answer', ordered = false } = request.routeOptions.config;
    if (requestKey === undefined && ordered) refuseAfter(request.body as Ordered);
    if (requestKey === undefined || repeats === 'nothing') return undefined;
    const isRead = repeats !== 'late';
    if (isRead && isUnread(request))
      throw new Error('a route that reads its body itself has to say what it is known by');
    const name = nameOf(request, requestKey, secret);
    if (repeats !== 'answer') {
      request.repeatable = name;
      return undefined;
    }
    if (ordered) await waitForOther(claims, name, request.body as Ordered);
    const begun = await claims.begin(name);
    if ('keep' in begun) {
      request.claim = begun;
      request.claimed = name;
      request.tenant = Object.assign(begun.tenant, { blobs: request.tenant.blobs });
      return undefined;
    }
    const { status, headers, body } = begun;
    return reply
      .code(status ?? 200)
      .headers(headers)
      .header('Idempotent-Replayed', 'true')
      .send(body ?? undefined);
  });
  // Before the answer leaves: a client that has it can rely on what it says.
  app.addHook('onSend', async (request, reply, payload) => {
    const { claim } = request;
    if (claim === undefined) return payload;
    request.claim = undefined;
    if (reply.statusCode >= 400) await claim.giveUp();
    else await claim.keep({ status: reply.statusCode, headers: headersOf(reply), body: bytesOf(payload) });
    return payload;
  });
  // An answer that was written past the hooks.
  app.addHook('onResponse', async (request) => {
    await request.claim?.giveUp();
    request.claim = undefined;
  });
}

/**
 * What the answer is made from: noted with the first request under an Idempotency-Key, and given to those that repeat it.
 * @param use makes the answer; when it fails, nothing stays noted by this request
 */
export async function recall<Recipe extends object, Result>(
  request: FastifyRequest,
  reply: FastifyReply,
  claims: RequestClaims,
  make: () => Promise<Recipe>,
  use: (recipe: Recipe) => Promise<Result>,
): Promise<Result> {
  const name = request.repeatable;
  if (name === undefined) return use(await make());
  const known = await claims.recall<Recipe>(name);
  const made = known === undefined ? await make() : undefined;
  const recipe = made === undefined ? (known as Recipe) : await claims.note(name, made);
  if (recipe !== made) {
    reply.header('Idempotent-Replayed', 'true');
    return use(recipe);
  }
  return use(recipe).catch(async (error: unknown) => {
    await claims.forget(name);
    throw error;
  });
}

/** An answer of JSON, as it is kept. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** Answers with what was done. */
export type SendAnswer = (reply: FastifyReply) => void;

/**
 * Answers in one transaction with what the request does, for routes that make other answers anew (`recipe`). The same key may be used
 * for an answer of each kind.
 * @param act does it, by the tenant that it is given
 */
export async function actOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  claims: RequestClaims,
  act: (tenant: Tenant) => Promise<JsonAnswer>,
): Promise<void> {
  const send = await settleOnce(request, claims, act);
  send(reply);
}

/**
 * The same, for routes that read their body themselves (`late`) or have something to clear away before they answer.
 * @param known what a body is known by that the route has read
 * @returns what answers
 */
export async function settleOnce(
  request: FastifyRequest,
  claims: RequestClaims,
  act: (tenant: Tenant) => Promise<JsonAnswer>,
  known?: readonly string[],
): Promise<SendAnswer> {
  const name = onceName(request, known);
  if (name === undefined) {
    const { status, headers, body } = await act(request.tenant);
    return (reply) => reply.code(status).headers(headers).send(body);
  }
  const begun = await claims.begin(name);
  if (!('keep' in begun)) {
    const { status, headers, body } = begun;
    const again = { ...headers, 'Idempotent-Replayed': 'true' };
    return (reply) =>
      reply
        .code(status ?? 200)
        .headers(again)
        .send(body ?? undefined);
  }
  const done = await act(Object.assign(begun.tenant, { blobs: request.tenant.blobs })).catch(async (error: unknown) => {
    await begun.giveUp();
    throw error;
  });
  const { status, body } = done;
  const headers = { ...done.headers, 'content-type': 'application/json; charset=utf-8' };
  const text = JSON.stringify(body);
  await begun.keep({ status, headers, body: Buffer.from(text) });
  return (reply) => reply.code(status).headers(headers).send(text);
}

/** Whether a request of a route that reads its body itself has been answered already, under its key and whatever it was. */
export const isAnswered = async (request: FastifyRequest, claims: RequestClaims): Promise<boolean> => {
  const name = onceName(request);
  return name !== undefined && claims.isKnown(name);
};

function onceName({ repeatable }: FastifyRequest, known?: readonly string[]): RequestName | undefined {
  if (repeatable === undefined) return undefined;
  const { route, requestHash } = repeatable;
  const name = { ...repeatable, route: `${route} once` };
  if (known === undefined) return name;
  // What it goes on from is keyed, and kept nowhere.
  const digest = createHash('sha256').update(requestHash).update(JSON.stringify(known)).digest();
  return { ...name, requestHash: digest };
}

/**
 * Does once what a request under an Idempotency-Key asks for, and gives what is needed to answer: now, or when the request is repeated.
 * For routes whose answer tells how far it has come by then (`recipe`).
 * @param act does it, by the tenant that it is given
 */
export async function doOnce<Done extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  claims: RequestClaims,
  act: (tenant: Tenant) => Promise<Done>,
): Promise<Done> {
  const name = request.repeatable;
  if (name === undefined) return act(request.tenant);
  const begun = await claims.begin(name);
  if (!('keep' in begun)) {
    reply.header('Idempotent-Replayed', 'true');
    return JSON.parse(String(begun.body)) as Done;
  }
  const done = await act(Object.assign(begun.tenant, { blobs: request.tenant.blobs })).catch(async (error: unknown) => {
    await begun.giveUp();
    throw error;
  });
  await begun.keep({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(done)) });
  return done;
}

/** A body that says which request has to be answered before. */
interface Ordered {
  readonly after?: string | undefined;
}

/** @throws ApiError validation_error */
function refuseAfter({ after }: Ordered): void {
  if (after === undefined) return;
  const message = 'a request that comes after another has an Idempotency-Key as well';
  throw validationError([
    { code: 'invalid_value', pointer: '/after', message, hint: 'send one, or leave `after` out' },
  ]);
}

/** Until the request that has to be answered before is. No connection is held meanwhile. @throws ApiError conflict, request_in_progress */
async function waitForOther(claims: RequestClaims, name: RequestName, { after }: Ordered): Promise<void> {
  if (after === undefined || (await claims.hasAnswer({ ...name, requestKey: after }))) return;
  throw conflict(
    'not_after',
    'the request that `after` names has not been answered, or was refused: nothing was done',
    'send this one again when the other has been answered',
  );
}

/** @throws ApiError invalid_idempotency_key */
function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  if (request.method !== 'POST' || header === undefined) return undefined;
  const key = String(header);
  if (key !== '' && key.length <= MAX_KEY_LENGTH) return key;
  throw new ApiError('invalid_idempotency_key', `an Idempotency-Key has 1 to ${MAX_KEY_LENGTH} characters`);
}

function nameOf(request: FastifyRequest, requestKey: string, secret: string): RequestName {
  const { workspaceId, personId, projectId } = request.principal;
  const path = request.url.split('?')[0];
  return {
    workspaceId,
    personId,
    route: `${request.method} ${request.routeOptions.url}`,
    requestKey,
    requestHash: hashRequest(secret, [projectId, path, request.query, ...bodyOf(request)]),
  };
}

/** What a body is known by. */
function bodyOf({ body, bodyBytes }: FastifyRequest): readonly unknown[] {
  if (bodyBytes !== undefined && bodyBytes.length > MOST_ORDERED) return [null, hash('sha256', bodyBytes)];
  return [body ?? null];
}

/** Whether there is a body that nobody has read yet. */
const isUnread = ({ body, headers }: FastifyRequest): boolean =>
  body === undefined && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(
    Object.entries(reply.getHeaders())
      .filter(([name]) => KEPT_HEADERS.test(name))
      .map(([name, value]) => [name, String(value)]),
  );

function bytesOf(payload: unknown): Buffer | null {
  if (payload === null || payload === undefined) return null;
  if (typeof payload === 'string' || payload instanceof Uint8Array) return Buffer.from(payload as string);
  throw new Error('an answer that is kept is no stream: the route has to state what it is made from');
}
