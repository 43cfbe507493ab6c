import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../../errors.ts';
import { Seal } from '../../security/seal.ts';
import { MOST_CONNECTIONS, type Store } from '../../store/open-store.ts';
import { type OpenTransaction, openTransaction } from '../../store/open-transaction.ts';
import {
  type ClaimResult,
  claimRequest,
  findAnswer,
  forgetClaim,
  type KeptAnswer,
  keepAnswer,
  type RequestName,
  sweepClaims,
} from '../../store/request-claims.ts';
import { type Tenant, tenantOf } from '../../store/tenant.ts';
import { Places } from '../limits/places.ts';

/** A request that is under way: what it does and what it answers become true together, or neither does. */
export interface Claim {
  /** Queries that join the transaction of the request. */
  readonly tenant: Tenant;
  /** Keeps the answer and makes all of it true. Only then may it be sent. */
  keep(answer: KeptAnswer): Promise<void>;
  /** Nothing has happened. */
  giveUp(): Promise<void>;
}

/**
 * Most claims of a process at a time, each of which holds a connection, and most of a workspace. A handler needs one more at most, and
 * for a moment: even when all of them do at once, the pool has it, and none waits for another. See ADR 91.
 */
const MOST_CLAIMS = MOST_CONNECTIONS / 2;
const MOST_OF_WORKSPACE = MOST_CLAIMS - 1;
/** How long a request waits until it may claim. */
const PLACE_MS = 30_000;
const BUSY = 'many requests with an Idempotency-Key are under way already: nothing was done; wait for Retry-After';
/** How long a request waits for another with its key. */
const WAIT_MS = 10_000;
/** How long one waits for another that has to be answered before: as long as that may take. */
const AFTER_MS = 130_000;
/** Pauses before it is looked for again: whoever sends both at once may have the second read first. */
const LATE_MS = [10, 20, 40, 80, 160, 320];

/** Requests with an Idempotency-Key: each has one effect and one answer, however often it is sent, and to however many servers. */
export class RequestClaims {
  readonly #store: Store;
  readonly #seal: Seal;
  readonly #waitMs: number;
  readonly #places = new Places(MOST_CLAIMS, MOST_OF_WORKSPACE, PLACE_MS, BUSY);
  /** Ends of the requests under way in this process: who waits for one of them takes no connection meanwhile. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(store: Store, secret: string, waitMs = WAIT_MS) {
    this.#store = store;
    this.#seal = new Seal(secret, 'answers');
    this.#waitMs = waitMs;
  }

  /**
   * The answer to an earlier request, or the claim to be the first.
   * @throws ApiError request_in_progress, idempotency_key_reused, rate_limited
   */
  begin(name: RequestName): Promise<Claim | KeptAnswer> {
    return this.#begin(name, () => this.#place(name));
  }

  async #begin(name: RequestName, place: () => Promise<() => void>): Promise<Claim | KeptAnswer> {
    const leave = await this.#enter(name, this.#waitMs, place);
    let open: OpenTransaction | undefined;
    const end = async (how: 'commit' | 'rollback'): Promise<void> => {
      try {
        if (how === 'commit') await open?.commit();
      } finally {
        // After a commit there is nothing left to roll back; after one that failed the connection has to be given back.
        await open?.rollback().catch(() => undefined);
        leave();
      }
    };
    try {
      open = await openTransaction(this.#store, name.workspaceId);
      const result = await claimRequest(open.tx, name, this.#waitMs);
      if (result.state !== 'claimed') {
        await end('rollback');
        return this.#opened(answerOf(result));
      }
    } catch (error) {
      await end('rollback');
      throw error;
    }
    const { tx, tenant } = open;
    return {
      tenant,
      keep: async (answer) => {
        try {
          await keepAnswer(tx, name, this.#closed(answer));
        } catch (error) {
          await end('rollback');
          throw error;
        }
        await end('commit');
      },
      giveUp: () => end('rollback'),
    };
  }

  /**
   * Whether a request under a key has been answered well, whatever it was; one that is under way is waited for, and one that was
   * overtaken on its way here for a moment.
   * @throws ApiError request_in_progress, when it takes too long
   */
  async hasAnswer(name: RequestName): Promise<boolean> {
    for (const ms of LATE_MS) {
      if (await this.#isAnswered(name)) return true;
      await pause(ms);
    }
    return this.#isAnswered(name);
  }

  async #isAnswered(name: RequestName): Promise<boolean> {
    const leave = await this.#enter(name, AFTER_MS, () => this.#place(name));
    try {
      const open = await openTransaction(this.#store, name.workspaceId);
      try {
        // Whoever claims waits for the end of another that has claimed, in whatever process.
        const { state } = await claimRequest(open.tx, name, this.#waitMs);
        if (state === 'running') throw inProgress();
        return state !== 'claimed';
      } finally {
        await open.rollback().catch(() => undefined);
      }
    } finally {
      leave();
    }
  }

  /** What the answer to an earlier request was made from. @throws ApiError idempotency_key_reused */
  async recall<Recipe extends object>(name: RequestName): Promise<Recipe | undefined> {
    const found = await tenantOf(this.#store, name.workspaceId)((tx) => findAnswer(tx, name));
    return found === undefined ? undefined : this.#recipeOf(found);
  }

  /** Whether there is an answer under a key, whatever was asked. */
  async isKnown(name: RequestName): Promise<boolean> {
    return (await tenantOf(this.#store, name.workspaceId)((tx) => findAnswer(tx, name))) !== undefined;
  }

  /**
   * Notes what an answer is made from.
   * @param within whether the request has a claim: it may not wait for a second place while it has one
   * @returns what it is made from: of several requests at once one decides
   */
  async note<Recipe extends object>(name: RequestName, recipe: Recipe, within = false): Promise<Recipe> {
    const claim = await (within ? this.#begin(name, NO_PLACE) : this.begin(name));
    if (!('keep' in claim)) return this.#recipeOf<Recipe>({ state: 'answered', answer: claim }, true);
    await claim.keep({ status: null, headers: {}, body: Buffer.from(JSON.stringify(recipe)) });
    return recipe;
  }

  /** Nothing came of a request whose recipe was noted. */
  forget(name: RequestName): Promise<void> {
    return tenantOf(this.#store, name.workspaceId)((tx) => forgetClaim(tx, name));
  }

  /** Forgets what is older than a day. */
  sweep = (): Promise<void> => sweepClaims(this.#store);

  #recipeOf<Recipe extends object>(result: ClaimResult, isOpen = false): Recipe {
    const answer = answerOf(result);
    const { body } = isOpen ? answer : this.#opened(answer);
    return JSON.parse(body?.toString() ?? '{}') as Recipe;
  }

  #place = ({ workspaceId }: RequestName): Promise<() => void> =>
    this.#places.enter(workspaceId, new AbortController().signal);

  /**
   * One request with a key at a time, in its place. Whoever waits for another has none.
   * @returns to be called at its end
   */
  async #enter(
    { workspaceId, personId, route, requestKey }: RequestName,
    waitMs: number,
    place: () => Promise<() => void>,
  ): Promise<() => void> {
    const id = JSON.stringify([workspaceId, personId, route, requestKey]);
    const late = new AbortController();
    try {
      const timeout = pause(waitMs, 'late' as const, { signal: late.signal });
      timeout.catch(() => undefined);
      for (let other = this.#running.get(id); other !== undefined; other = this.#running.get(id)) {
        if ((await Promise.race([other, timeout])) === 'late') throw inProgress();
      }
    } finally {
      late.abort();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.set(id, promise);
    const leave = (): void => {
      if (this.#running.get(id) === promise) this.#running.delete(id);
      resolve();
    };
    try {
      const giveBack = await place();
      return () => {
        giveBack();
        leave();
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Answers may hold what is shown only once, such as a new key: the database does not see it. */
  #closed = (answer: KeptAnswer): KeptAnswer => ({ ...answer, body: answer.body && this.#seal.close(answer.body) });
  #opened = (answer: KeptAnswer): KeptAnswer => ({ ...answer, body: answer.body && this.#seal.open(answer.body) });
}

const NO_PLACE = async () => () => undefined;

function answerOf(result: ClaimResult): KeptAnswer {
  if (result.state === 'answered') return result.answer;
  if (result.state === 'other request') {
    throw new ApiError(
      'idempotency_key_reused',
      'the Idempotency-Key was used for a request with another path, query or body: use a new one',
    );
  }
  throw inProgress();
}

const inProgress = (): ApiError =>
  new ApiError('request_in_progress', 'a request with this Idempotency-Key is under way: send it again later');
