import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import { ofAll, ownedBy } from './owner.ts';

/** A request that may be sent again: whose, under which key, and what is asked. */
export interface RequestClaim {
  readonly keyId: string;
  readonly requestKey: Buffer;
  readonly requestHash: Buffer;
  /** Of this attempt. */
  readonly claim: string;
}

/** What has become of earlier requests under the key. */
export type ClaimResult<Recipe> =
  | { readonly state: 'claimed' }
  | { readonly state: 'done'; readonly recipe: Recipe }
  | { readonly state: 'running' }
  | { readonly state: 'other request' };

/** How long an attempt may take before another may be made: its server may be gone. */
const LEASE = sql`now() + interval '1 minute'`;
const KEPT = sql`now() + interval '24 hours'`;
/** The newest so many of a key are kept. */
const MAX_OF_KEY = 10_000;

/** Claims a request: of several at the same time, one gets it. */
export const claimAnswer = <Recipe>(store: Store, request: RequestClaim): Promise<ClaimResult<Recipe>> =>
  ownedBy(store, [request.keyId], (tx) => claimIn<Recipe>(tx, request));

async function claimIn<Recipe>(store: Store, request: RequestClaim): Promise<ClaimResult<Recipe>> {
  const { keyId, requestKey, requestHash, claim } = request;
  const { rows } = await sql`
    INSERT INTO datagen_answer AS known (key_id, request_key, request_hash, claim, lease_until, expires_at)
    VALUES (${keyId}, ${requestKey}, ${requestHash}, ${claim}, ${LEASE}, ${KEPT})
    ON CONFLICT (key_id, request_key) DO UPDATE
    SET request_hash = excluded.request_hash, claim = excluded.claim, recipe = NULL,
      lease_until = excluded.lease_until, expires_at = excluded.expires_at
    WHERE known.expires_at < now() OR (known.recipe IS NULL AND known.lease_until < now())
    RETURNING key_id`.execute(store);
  if (rows.length > 0) return { state: 'claimed' };
  const known = await store
    .selectFrom('datagen_answer')
    .where('key_id', '=', keyId)
    .where('request_key', '=', requestKey)
    .select(['request_hash', 'recipe'])
    .executeTakeFirst();
  // It failed and was given up between the two: whoever asks again gets it.
  if (known === undefined) return { state: 'running' };
  if (!known.request_hash.equals(requestHash)) return { state: 'other request' };
  return known.recipe === null ? { state: 'running' } : { state: 'done', recipe: known.recipe as Recipe };
}

/** Notes what the answer is made from. */
export async function finishAnswer(store: Store, request: RequestClaim, recipe: object): Promise<void> {
  await ownedBy(store, [request.keyId], (tx) =>
    tx
      .updateTable('datagen_answer')
      .set({ recipe: JSON.stringify(recipe), expires_at: sql<Date>`${KEPT}` })
      .where('key_id', '=', request.keyId)
      .where('request_key', '=', request.requestKey)
      .where('claim', '=', request.claim)
      .execute(),
  );
}

/** Gives a claim up: nothing was done. */
export async function releaseAnswer(store: Store, request: RequestClaim): Promise<void> {
  await ownedBy(store, [request.keyId], (tx) =>
    tx
      .deleteFrom('datagen_answer')
      .where('key_id', '=', request.keyId)
      .where('request_key', '=', request.requestKey)
      .where('claim', '=', request.claim)
      .execute(),
  );
}

/** Forgets what has expired, and of each key the oldest beyond a bound. */
export async function sweepAnswers(store: Store): Promise<void> {
  await ofAll(store, (tx) =>
    sql`
    DELETE FROM datagen_answer WHERE expires_at < now() OR (key_id, request_key) IN (
      SELECT key_id, request_key FROM (
        SELECT key_id, request_key, row_number() OVER (PARTITION BY key_id ORDER BY expires_at DESC) AS place
        FROM datagen_answer
      ) AS ranked WHERE place > ${MAX_OF_KEY}
    )`.execute(tx),
  );
}
