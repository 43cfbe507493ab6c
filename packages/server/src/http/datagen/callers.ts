import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerBehind } from '../../services/callers/known-callers.ts';
import type { Caller, Callers } from '../../services/datagen/callers.ts';
import { Refusal } from '../../services/datagen/refusal.ts';
import { scriptBehind } from '../../services/scenarios/broker/script-callers.ts';
import { keyOf } from '../authenticate.ts';
import type { DatagenContext } from './context.ts';

/** The key of a request of this door: in a header, or as `?api_key=`, which the log does not show. */
function keyOfRequest(request: FastifyRequest): string {
  const inHeader = keyOf(request);
  const { api_key: inQuery } = request.query as { api_key?: unknown };
  return inHeader === '' && typeof inQuery === 'string' ? inQuery.trim() : inHeader;
}

/** Who asks; undefined when there is no key. @throws Refusal unauthorized, for a key that is not good */
export async function callerOf(request: FastifyRequest, callers: Callers): Promise<Caller | undefined> {
  const known = callerBehind(request.raw.socket);
  const key = keyOfRequest(request);
  if (known === undefined && key === '') return undefined;
  const caller =
    known === undefined
      ? await callers.find(key, scriptBehind(request.raw.socket))
      : callers.ofHolder(await known.find());
  if (caller === undefined) {
    throw new Refusal('unauthorized', 'The API key is wrong, revoked or expired.', {
      hint: 'GET /api/v1/auth/free-key gives a new one',
    });
  }
  return caller;
}

/** Who asks for contracts, which nobody needs a key for. @throws Refusal forbidden for a key that is not for looking */
export async function readingCaller(request: FastifyRequest, callers: Callers): Promise<Caller | undefined> {
  const caller = await callerOf(request, callers);
  if (caller?.mayRead !== false) return caller;
  throw new Refusal('forbidden', 'That needs a key that may read.', { hint: 'one without the scope read does not do' });
}

/** Who asks for rows. @throws Refusal payment_required without a key, forbidden for a role or a key that may not */
export async function payingCaller(request: FastifyRequest, callers: Callers): Promise<Caller> {
  const caller = await callerOf(request, callers);
  if (caller?.mayGenerate === false) {
    throw new Refusal('forbidden', 'That needs the role member or more, and a key that may generate.', {
      hint: 'one that may only read does not do, nor one without the scope generate',
    });
  }
  if (caller !== undefined) return caller;
  throw new Refusal('payment_required', 'An API key is needed to generate rows.', {
    correction_hint: 'GET /api/v1/auth/free-key gives a free key at once; send it as the header X-API-Key',
    free_key_url: '/api/v1/auth/free-key',
  });
}

/** Cuts an answer that takes long off when its key stops to do for it. */
export function watchCaller(
  request: FastifyRequest,
  reply: FastifyReply,
  { callers, open }: Pick<DatagenContext, 'callers' | 'open'>,
): void {
  const key = keyOfRequest(request);
  const { socket } = request.raw;
  const known = callerBehind(socket);
  const find = async () =>
    known === undefined ? callers.find(key, scriptBehind(socket)) : callers.ofHolder(await known.find());
  open.watch(request, reply, async () => (await find())?.mayGenerate === true);
}
