import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Role } from '../security/permissions.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export type StoredInvite = Selectable<Schema['invite']>;

export interface NewInvite {
  readonly id: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly email: string | null;
  readonly hash: Buffer;
  readonly createdBy: string;
  readonly days: number;
}

const open = (tx: Store) => tx.selectFrom('invite').where('expires_at', '>', sql<Date>`now()`);

export const addInvite = (tx: Store, { workspaceId, createdBy, days, ...invite }: NewInvite): Promise<StoredInvite> =>
  tx
    .insertInto('invite')
    .values({
      ...invite,
      workspace_id: workspaceId,
      created_by: createdBy,
      expires_at: sql<Date>`now() + make_interval(days => ${days})`,
    })
    .returningAll()
    .executeTakeFirstOrThrow();

/** Those that can still be taken, the newest first. */
export function listInvites(
  tx: Store,
  workspaceId: string,
  limit: number,
  before: string | undefined,
): Promise<StoredInvite[]> {
  const query = open(tx).where('workspace_id', '=', workspaceId).selectAll().orderBy('ordinal', 'desc').limit(limit);
  return (before === undefined ? query : query.where('ordinal', '<', before)).execute();
}

export async function countInvites(tx: Store, workspaceId: string): Promise<number> {
  const { total } = await open(tx)
    .where('workspace_id', '=', workspaceId)
    .select(sql<string>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Whether there was one to withdraw. */
export async function withdrawInvite(tx: Store, workspaceId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('invite')
    .where('id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** An invite that can be taken, of any workspace. */
export const findInvite = (store: Store, hash: Buffer): Promise<StoredInvite | undefined> =>
  open(store).where('hash', '=', hash).selectAll().executeTakeFirst();

/** Takes an invite: the second of two who try at once finds none. */
export const takeInvite = (tx: Store, hash: Buffer): Promise<StoredInvite | undefined> =>
  tx
    .deleteFrom('invite')
    .where('hash', '=', hash)
    .where('expires_at', '>', sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst();

/** Forgets invites that nobody took in time. */
export async function sweepInvites(store: Store): Promise<void> {
  await store.deleteFrom('invite').where('expires_at', '<', sql<Date>`now()`).execute();
}
