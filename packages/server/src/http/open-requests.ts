import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sweepEvery } from './sweep.ts';

/** How often those who still wait for the end of an answer are looked at, and how old a request is before it is. */
const LOOK_MS = 2000;
const MIN_AGE_MS = 1000;
/** While the database cannot tell, nobody can revoke anything through this server; through another one they can. */
const BLIND_MS = 30_000;

interface Watched {
  readonly request: FastifyRequest;
  readonly isGood: () => Promise<boolean>;
  /** When its credential was last known to be good, in milliseconds of the process. */
  knownAt: number;
}

/**
 * Answers that take long end when the credential that began them does: the key is revoked or expires, the session ends, the person is
 * removed or may no longer do what they do. Whichever server process that happened on, a connection is cut within five seconds:
 * at most three until the next look at it, and what the look takes. Looks at requests that share a query cost one query for
 * all of them; requests that are answered at once cost none.
 */
export class OpenRequests {
  readonly #open = new Map<FastifyReply['raw'], Watched>();
  #isLooking = false;

  constructor(app: FastifyInstance) {
    sweepEvery(app, LOOK_MS, 'who still waits for an answer', this.#look);
  }

  /** @param isGood whether the credential of the request still does, asked of the database */
  watch(request: FastifyRequest, { raw }: FastifyReply, isGood: () => Promise<boolean>): void {
    this.#open.set(raw, { request, isGood, knownAt: performance.now() });
    raw.once('close', () => this.#open.delete(raw));
  }

  /** Looks at all requests that are under way, unless it is just doing so. */
  #look = async (): Promise<void> => {
    const now = performance.now();
    const old = [...this.#open].filter(([, { knownAt }]) => now - knownAt >= MIN_AGE_MS);
    for (const [raw, { request, knownAt }] of old) if (now - knownAt > BLIND_MS) cut(raw, request);
    if (this.#isLooking || old.length === 0) return;
    this.#isLooking = true;
    const looks = await Promise.allSettled(
      old.map(async ([raw, watched]) => {
        if (!(await watched.isGood())) cut(raw, watched.request);
        watched.knownAt = now;
      }),
    );
    this.#isLooking = false;
    const failed = looks.find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  };
}

function cut(raw: FastifyReply['raw'], request: FastifyRequest): void {
  request.remarks = { reason: 'its credential is no longer known to be good' };
  raw.destroy();
}
