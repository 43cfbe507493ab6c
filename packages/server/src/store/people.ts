import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Role } from '../security/permissions.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export type StoredPerson = Selectable<Schema['person']>;

export interface NewPerson {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  readonly password?: string;
  readonly issuer?: string;
  readonly subject?: string;
}

export interface PersonChange {
  readonly name?: string;
  readonly role?: Role;
  readonly email?: string;
  readonly password?: string;
}

const present = (tx: Store, workspaceId: string) =>
  tx.selectFrom('person').where('workspace_id', '=', workspaceId).where('removed_at', 'is', null);

/** The newest first, those before `before` in order of arrival. */
export function listPeople(
  tx: Store,
  workspaceId: string,
  limit: number,
  before: string | undefined,
): Promise<StoredPerson[]> {
  const query = present(tx, workspaceId).selectAll().orderBy('ordinal', 'desc').limit(limit);
  return (before === undefined ? query : query.where('ordinal', '<', before)).execute();
}

export async function countPeople(tx: Store, workspaceId: string, role?: Role): Promise<number> {
  const query = present(tx, workspaceId).select(sql<string>`count(*)`.as('total'));
  const { total } = await (role === undefined ? query : query.where('role', '=', role)).executeTakeFirstOrThrow();
  return Number(total);
}

export const findPerson = (tx: Store, workspaceId: string, id: string): Promise<StoredPerson | undefined> =>
  present(tx, workspaceId).where('id', '=', id).selectAll().executeTakeFirst();

/** Of any workspace: for signing in. @param email in lower case */
export const findByEmail = (store: Store, email: string): Promise<StoredPerson | undefined> =>
  store.selectFrom('person').where('email', '=', email).where('removed_at', 'is', null).selectAll().executeTakeFirst();

/** Of any workspace: for signing in by somebody who vouches. */
export const findBySubject = (store: Store, issuer: string, subject: string): Promise<StoredPerson | undefined> =>
  store
    .selectFrom('person')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('removed_at', 'is', null)
    .selectAll()
    .executeTakeFirst();

export const addPerson = (tx: Store, { workspaceId, ...person }: NewPerson): Promise<StoredPerson> =>
  tx
    .insertInto('person')
    .values({ workspace_id: workspaceId, ...person })
    .returningAll()
    .executeTakeFirstOrThrow();

export const changePerson = (
  tx: Store,
  workspaceId: string,
  id: string,
  change: PersonChange,
): Promise<StoredPerson | undefined> =>
  tx
    .updateTable('person')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();

/** Notes who vouches for a person from now on. */
export async function bindSubject(tx: Store, id: string, issuer: string, subject: string): Promise<void> {
  await tx.updateTable('person').set({ issuer, subject }).where('id', '=', id).execute();
}

/** Lets a person go: keys, sessions and invites that they made go as well. What they made in projects stays. */
export async function removePerson(tx: Store, id: string): Promise<void> {
  await tx.updateTable('person').set({ removed_at: sql`now()`, password: null }).where('id', '=', id).execute();
  await tx
    .updateTable('api_key')
    .set({ revoked_at: sql`now()` })
    .where('person_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
  await tx.deleteFrom('session').where('person_id', '=', id).execute();
  await tx.deleteFrom('invite').where('created_by', '=', id).execute();
}

/** Whether somebody with this address, or whom a provider calls so, was let go. */
export async function wasRemoved(store: Store, email: string, issuer: string, subject: string): Promise<boolean> {
  const found = await store
    .selectFrom('person')
    .where('removed_at', 'is not', null)
    .where((eb) => eb.or([eb('email', '=', email), eb.and([eb('issuer', '=', issuer), eb('subject', '=', subject)])]))
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * The workspace that the first start made, or the oldest that is there; undefined: there is none.
 * @param id this one only
 */
export async function firstWorkspace(store: Store, id?: string): Promise<string | undefined> {
  const present = store
    .selectFrom('workspace')
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .select('id');
  return (await (id === undefined ? present : present.where('id', '=', id)).executeTakeFirst())?.id;
}
