import { createHash, randomUUID } from 'node:crypto';
import { claimAnswer, finishAnswer, type RequestClaim, releaseAnswer } from '../../store/datagen/answers.ts';
import type { Store } from '../../store/open-store.ts';
import type { Contract } from './infer-contract.ts';
import { invalid, Refusal } from './refusal.ts';
import type { UsageReport } from './usage-report.ts';

/**
 * What an answer was made from. Rows are a function of seed and columns, so this is all it takes to send the same bytes again,
 * however many they are.
 */
export interface Recipe {
  readonly seed: string;
  /** A moment of the day that "now" means. */
  readonly day: number;
  readonly generationId: string;
  readonly usage: UsageReport;
  /** Of AI mode: what the names were taken for. */
  readonly contract?: Contract;
}

/** One request on its way to an answer. */
export interface Attempt {
  /** Of the answer that was given before, when this asks for it again. */
  readonly recipe: Recipe | undefined;
  finish(recipe: Recipe): Promise<void>;
  /** Nothing came of it: it may be tried again. */
  release(): Promise<void>;
}

const MAX_KEY_LENGTH = 255;
const UNKEYED: Attempt = { recipe: undefined, finish: async () => undefined, release: async () => undefined };

/** Requests with an Idempotency-Key: each runs once for its key's holder, and is answered the same when it comes again. */
export class Requests {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param asked what is asked, apart from the key: another request under the same key is refused */
  async begin(keyId: string, requestKey: string | undefined, asked: unknown): Promise<Attempt> {
    if (requestKey === undefined) return UNKEYED;
    if (!/^[\x20-\x7e]{1,255}$/.test(requestKey)) {
      const message = `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} printable characters of ASCII`;
      const correction_hint = 'a UUID for each thing you want done';
      throw invalid([
        { code: 'invalid_idempotency_key', field: 'Idempotency-Key', message, correction_hint, pointer: '' },
      ]);
    }
    const request: RequestClaim = {
      keyId,
      requestKey: digest(requestKey),
      requestHash: digest(JSON.stringify(asked)),
      claim: randomUUID(),
    };
    const result = await claimAnswer<Recipe>(this.#store, request);
    switch (result.state) {
      case 'done':
        return { ...UNKEYED, recipe: result.recipe };
      case 'running':
        throw new Refusal('request_in_progress', 'A request with this Idempotency-Key is still being answered.', {
          hint: 'send it again in a second: it will get the same answer',
        });
      case 'other request':
        throw new Refusal('request_key_reused', 'This Idempotency-Key was used for another request.', {
          hint: 'use a new key for each thing you want done',
        });
      case 'claimed':
        return {
          recipe: undefined,
          finish: (recipe) => finishAnswer(this.#store, request, recipe),
          release: () => releaseAnswer(this.#store, request),
        };
    }
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
