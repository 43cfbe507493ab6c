import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import { tenantOf } from './tenant.ts';
import { workspaceIds } from './workspaces.ts';

/** A request that may be sent again: whose, under which key, and what is asked. */
export interface RequestName {
  readonly workspaceId: string;
  readonly personId: string;
  /** Method and path of the route. */
  readonly route: string;
  readonly requestKey: string;
  readonly requestHash: Buffer;
}

/** What is kept of an answer; without a status it is what the answer is made from. */
export interface KeptAnswer {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** What has become of earlier requests under the key. */
export type ClaimResult =
  | { readonly state: 'claimed' }
  | { readonly state: 'running' }
  | { readonly state: 'other request' }
  | { readonly state: 'answered'; readonly answer: KeptAnswer };

/** The claim of an older request stands for nothing. */
const KEPT = sql`interval '24 hours'`;

/**
 * Claims a request in a transaction: whoever claims the same one meanwhile waits for its end.
 * @param waitMs how long to wait
 */
export async function claimRequest(tx: Store, name: RequestName, waitMs: number): Promise<ClaimResult> {
  await sql`SELECT set_config('lock_timeout', ${`${waitMs}ms`}, true)`.execute(tx);
  let claimed: boolean;
  try {
    const { rows } = await sql`
      INSERT INTO request_claim AS known (workspace_id, person_id, route, request_key, request_hash)
      VALUES (${name.workspaceId}, ${name.personId}, ${name.route}, ${name.requestKey}, ${name.requestHash})
      ON CONFLICT (workspace_id, person_id, route, request_key) DO UPDATE
      SET request_hash = excluded.request_hash, status = NULL, headers = NULL, body = NULL, created_at = now()
      WHERE known.created_at < now() - ${KEPT}
      RETURNING route`.execute(tx);
    claimed = rows.length > 0;
  } catch (error) {
    // lock_not_available: the transaction is of no use any more.
    if ((error as { code?: string }).code === '55P03') return { state: 'running' };
    throw error;
  }
  await sql`SELECT set_config('lock_timeout', '0', true)`.execute(tx);
  return claimed ? { state: 'claimed' } : ((await findAnswer(tx, name)) ?? { state: 'running' });
}

/** What an earlier request has left; undefined when there was none. */
export async function findAnswer(tx: Store, name: RequestName): Promise<ClaimResult | undefined> {
  const known = await tx
    .selectFrom('request_claim')
    .where('workspace_id', '=', name.workspaceId)
    .where('person_id', '=', name.personId)
    .where('route', '=', name.route)
    .where('request_key', '=', name.requestKey)
    .where(sql<boolean>`created_at >= now() - ${KEPT}`)
    .select(['request_hash', 'status', 'headers', 'body'])
    .executeTakeFirst();
  if (known === undefined) return undefined;
  if (!known.request_hash.equals(name.requestHash)) return { state: 'other request' };
  return {
    state: 'answered',
    answer: { status: known.status, headers: known.headers ?? {}, body: known.body },
  };
}

/** Notes the answer, or what it is made from. */
export async function keepAnswer(tx: Store, name: RequestName, answer: KeptAnswer): Promise<void> {
  await tx
    .updateTable('request_claim')
    .set({ status: answer.status, headers: JSON.stringify(answer.headers), body: answer.body })
    .where('workspace_id', '=', name.workspaceId)
    .where('person_id', '=', name.personId)
    .where('route', '=', name.route)
    .where('request_key', '=', name.requestKey)
    .execute();
}

/** Gives a claim up that was committed: nothing came of it. */
export async function forgetClaim(tx: Store, name: RequestName): Promise<void> {
  await tx
    .deleteFrom('request_claim')
    .where('workspace_id', '=', name.workspaceId)
    .where('person_id', '=', name.personId)
    .where('route', '=', name.route)
    .where('request_key', '=', name.requestKey)
    .where('request_hash', '=', name.requestHash)
    .execute();
}

/** Forgets what is older than a day, workspace by workspace: the rows of all are never seen at once. */
export async function sweepClaims(store: Store): Promise<void> {
  for (const id of await workspaceIds(store)) {
    await tenantOf(store, id)((tx) => sql`DELETE FROM request_claim WHERE created_at < now() - ${KEPT}`.execute(tx));
  }
}
