import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Scope } from '../security/permissions.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export type StoredKey = Omit<Selectable<Schema['api_key']>, 'hash' | 'workspace_id' | 'revoked_at'>;

export interface NewKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly projectId: string | null;
  readonly personId: string;
  readonly name: string;
  readonly hash: Buffer;
  readonly display: string;
  readonly readOnly: boolean;
  /** null: for all that the role may do. */
  readonly scopes: readonly Scope[] | null;
  readonly expiresAt: Date | null;
}

/** Which keys somebody sees; what is not among them does not exist. */
export interface KeyScope {
  readonly workspaceId: string;
  /** Only those of this person. */
  readonly personId?: string | undefined;
  /** Only those for this project. */
  readonly projectId?: string | undefined;
}

const SHOWN = [
  'api_key.id',
  'api_key.ordinal',
  'api_key.project_id',
  'api_key.person_id',
  'api_key.name',
  'api_key.display',
  'api_key.read_only',
  'api_key.scopes',
  'api_key.expires_at',
  'api_key.created_at',
  'api_key.last_used_at',
] as const;

/** Keys that are neither revoked nor over. */
function seen(tx: Store, { workspaceId, personId, projectId }: KeyScope) {
  let query = tx
    .selectFrom('api_key')
    .where('api_key.workspace_id', '=', workspaceId)
    .where('api_key.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('api_key.expires_at', 'is', null), eb('api_key.expires_at', '>', sql<Date>`now()`)]));
  if (personId !== undefined) query = query.where('api_key.person_id', '=', personId);
  if (projectId !== undefined) query = query.where('api_key.project_id', '=', projectId);
  return query;
}

/** The newest first, those before `before` in order of creation. */
export function listKeys(tx: Store, scope: KeyScope, limit: number, before: string | undefined): Promise<StoredKey[]> {
  const query = seen(tx, scope).select(SHOWN).orderBy('api_key.ordinal', 'desc').limit(limit);
  return (before === undefined ? query : query.where('api_key.ordinal', '<', before)).execute();
}

export async function countKeys(tx: Store, scope: KeyScope): Promise<number> {
  const { total } = await seen(tx, scope).select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

/** A key, locked until the transaction ends. */
export const findKey = (tx: Store, scope: KeyScope, id: string): Promise<StoredKey | undefined> =>
  seen(tx, scope).where('api_key.id', '=', id).select(SHOWN).forUpdate().executeTakeFirst();

export const addKey = (tx: Store, key: NewKey): Promise<StoredKey> =>
  tx
    .insertInto('api_key')
    .values({
      id: key.id,
      workspace_id: key.workspaceId,
      project_id: key.projectId,
      person_id: key.personId,
      name: key.name,
      hash: key.hash,
      display: key.display,
      read_only: key.readOnly,
      scopes: key.scopes,
      expires_at: key.expiresAt,
    })
    .returning(SHOWN)
    .executeTakeFirstOrThrow();

export const renameKey = (tx: Store, id: string, name: string): Promise<StoredKey> =>
  tx.updateTable('api_key').set({ name }).where('id', '=', id).returning(SHOWN).executeTakeFirstOrThrow();

export async function revokeKey(tx: Store, id: string): Promise<void> {
  await tx.updateTable('api_key').set({ revoked_at: sql`now()` }).where('id', '=', id).execute();
}

/** Lets a key end in so many hours, or when it would have anyway. */
export const endKeyIn = (tx: Store, id: string, hours: number): Promise<StoredKey> =>
  tx
    .updateTable('api_key')
    .set({ expires_at: sql<Date>`least(expires_at, now() + make_interval(hours => ${hours}))` })
    .where('id', '=', id)
    .returning(SHOWN)
    .executeTakeFirstOrThrow();
