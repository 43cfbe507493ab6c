import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** On whose behalf a request runs. */
export interface Principal {
  readonly keyId: string;
  readonly personId: string;
  readonly role: string;
  readonly workspaceId: string;
  readonly projectId: string;
}

/** The holder of a key that is not revoked, with the role as it is now. */
export async function findPrincipal(store: Store, hash: Buffer): Promise<Principal | undefined> {
  return store
    .selectFrom('api_key')
    .innerJoin('person', 'person.id', 'api_key.person_id')
    .where('api_key.hash', '=', hash)
    .where('api_key.revoked_at', 'is', null)
    .select([
      'api_key.id as keyId',
      'person.id as personId',
      'person.role',
      'api_key.workspace_id as workspaceId',
      'api_key.project_id as projectId',
    ])
    .executeTakeFirst();
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
