import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { FoundKey } from './keys.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export type StoredSession = Selectable<Schema['session']>;

/** A session that nobody uses for this long ends; so does any after `ABSOLUTE`. By the clock of the database. */
const IDLE = sql`interval '24 hours'`;
const ABSOLUTE = sql<Date>`now() + interval '14 days'`;

export interface NewSession {
  readonly id: string;
  readonly workspaceId: string;
  readonly personId: string;
  readonly hash: Buffer;
  readonly agent: string;
  readonly address: string;
}

export const addSession = (tx: Store, session: NewSession): Promise<StoredSession> =>
  tx
    .insertInto('session')
    .values({
      id: session.id,
      workspace_id: session.workspaceId,
      person_id: session.personId,
      hash: session.hash,
      agent: session.agent,
      address: session.address,
      expires_at: ABSOLUTE,
    })
    .returningAll()
    .executeTakeFirstOrThrow();

const alive = (store: Store) =>
  store
    .selectFrom('session')
    .where('session.expires_at', '>', sql<Date>`now()`)
    .where('session.last_used_at', '>', sql<Date>`now() - ${IDLE}`);

/** Who is signed in by those sessions, with their roles as they are now. */
export async function findSessionHolders(store: Store, hashes: readonly Buffer[]): Promise<FoundKey[]> {
  const found = await alive(store)
    .innerJoin('person', 'person.id', 'session.person_id')
    .innerJoin('workspace', 'workspace.id', 'session.workspace_id')
    .where(sql<boolean>`session.hash = ANY(${hashes})`)
    .where('person.removed_at', 'is', null)
    .where((eb) => eb.or([eb('workspace.purge_at', 'is', null), eb('workspace.purge_at', '>', sql<Date>`now()`)]))
    .select((eb) => [
      'session.hash',
      'session.id as keyId',
      'session.workspace_id as workspaceId',
      'person.id as personId',
      'person.role',
      'workspace.plan',
      'workspace.deleted_at as deletedAt',
      'workspace.purge_at as purgeAt',
      eb
        .selectFrom('project')
        .whereRef('project.workspace_id', '=', 'session.workspace_id')
        .where('project.deleted_at', 'is', null)
        .orderBy('project.created_at')
        .orderBy('project.id')
        .limit(1)
        .select('project.id')
        .as('defaultProject'),
      sql<boolean>`session.last_used_at < now() - interval '1 minute'`.as('isStale'),
    ])
    .execute();
  return found.map((holder) => ({
    credential: 'session',
    rootKeyId: null,
    ...holder,
    readOnly: false,
    scopes: null,
    projectId: null,
    expiresAt: null,
  }));
}

/** Notes the use of a session, at most once a minute. */
export async function touchSession(store: Store, id: string): Promise<void> {
  await store
    .updateTable('session')
    .set({ last_used_at: sql`now()` })
    .where('id', '=', id)
    .where('last_used_at', '<', sql<Date>`now() - interval '1 minute'`)
    .execute();
}

/** Those of one person, the newest first. */
export const listSessions = (tx: Store, personId: string): Promise<StoredSession[]> =>
  alive(tx).where('person_id', '=', personId).selectAll().orderBy('ordinal', 'desc').execute();

/** Ends one session of a person. @returns whether there was one */
export async function endSession(tx: Store, personId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('session')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends the sessions of a person, but for one. @returns how many */
export async function endSessions(tx: Store, personId: string, but: string | null): Promise<number> {
  const query = tx.deleteFrom('session').where('person_id', '=', personId);
  const { numDeletedRows } = await (but === null ? query : query.where('id', '<>', but)).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Forgets sessions that are over. */
export async function sweepSessions(store: Store): Promise<void> {
  await store
    .deleteFrom('session')
    .where((eb) =>
      eb.or([eb('expires_at', '<', sql<Date>`now()`), eb('last_used_at', '<', sql<Date>`now() - ${IDLE}`)]),
    )
    .execute();
}
