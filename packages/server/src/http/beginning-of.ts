import type { FastifyRequest } from 'fastify';
import { newId } from '../ids.ts';
import type { RequestClaims } from '../services/repeats/request-claims.ts';

/** What is noted of a request before it does what is not undone with it. */
export interface Mark {
  /** What its work is called in the system. */
  readonly id: string;
  readonly seed: string | null;
  readonly version: number | null;
}

/** Of a request with an Idempotency-Key whose effect is in another system: whether an earlier one may have had it. */
export interface Beginning {
  /** Of an earlier request under the same key that has no answer; undefined: there was none. */
  readonly earlier: Mark | undefined;
  /** To be called before anything is done. @returns what the work is called */
  begin(mark: Omit<Mark, 'id'>): Promise<string>;
  /** Nothing was done. */
  forget(): Promise<void>;
}

/** @returns undefined: the request has no key */
export async function beginningOf(request: FastifyRequest, claims: RequestClaims): Promise<Beginning | undefined> {
  if (request.claimed === undefined) return undefined;
  const name = { ...request.claimed, route: `${request.claimed.route} begun` };
  const earlier = await claims.recall<Mark>(name);
  return {
    earlier,
    begin: async (mark) => earlier?.id ?? (await claims.note<Mark>(name, { ...mark, id: newId('exp') }, true)).id,
    forget: () => claims.forget(name),
  };
}
