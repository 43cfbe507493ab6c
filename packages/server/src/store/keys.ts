import { sql } from 'kysely';
import type { Authority } from '../security/permissions.ts';
import type { Store } from './open-store.ts';

/** The holder of a key or a session. */
export interface KeyHolder extends Authority {
  readonly credential: 'key' | 'session';
  /** Of the key or the session. */
  readonly keyId: string;
  /** When the key ends; null: never, or a session. */
  readonly expiresAt: Date | null;
  readonly personId: string;
  readonly workspaceId: string;
  /** The only project the key is for; null: any of the workspace. */
  readonly projectId: string | null;
}

/** On whose behalf a request runs, and in which project. */
export interface Principal extends KeyHolder {
  readonly projectId: string;
  /** Whether the key is for that project only. */
  readonly onlyProject: boolean;
  readonly requestId: string;
}

/** The holder of a key that is good now, with the role as it is now. */
export async function findKeyHolder(store: Store, hash: Buffer): Promise<KeyHolder | undefined> {
  const found = await store
    .selectFrom('api_key')
    .innerJoin('person', 'person.id', 'api_key.person_id')
    .leftJoin('project', 'project.id', 'api_key.project_id')
    .where('project.deleted_at', 'is', null)
    .where('api_key.hash', '=', hash)
    .where('api_key.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('api_key.expires_at', 'is', null), eb('api_key.expires_at', '>', sql<Date>`now()`)]))
    .where('person.removed_at', 'is', null)
    .select([
      'api_key.id as keyId',
      'person.id as personId',
      'person.role',
      'api_key.read_only as readOnly',
      'api_key.workspace_id as workspaceId',
      'api_key.project_id as projectId',
      'api_key.expires_at as expiresAt',
    ])
    .executeTakeFirst();
  return found === undefined ? undefined : { credential: 'key', ...found };
}

/** Notes the use of a key, at most once a minute: a write for every read would cost more than it tells. */
export async function touchKey(store: Store, keyId: string): Promise<void> {
  await store
    .updateTable('api_key')
    .set({ last_used_at: sql`now()` })
    .where('id', '=', keyId)
    .where((eb) =>
      eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', sql<Date>`now() - interval '1 minute'`)]),
    )
    .execute();
}
