import { type RawBuilder, sql } from 'kysely';
import type { Authority } from '../security/permissions.ts';
import type { Store } from './open-store.ts';
import { PREPARED } from './prepared.ts';

/** The holder of a key or a session. */
export interface KeyHolder extends Authority {
  readonly credential: 'key' | 'session' | 'run' | 'chat';
  /** Of the key, the session, the run or the turn of a chat. */
  readonly keyId: string;
  /** The key that all this goes back to, and ends with; null: a session. */
  readonly rootKeyId: string | null;
  /** When the key ends; null: never, or a session. */
  readonly expiresAt: Date | null;
  readonly personId: string;
  readonly workspaceId: string;
  /** Of the workspace. */
  readonly plan: string;
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

/** What a key that is good now gives. */
export interface FoundKey extends KeyHolder {
  readonly hash: Buffer;
  /** Where a request works that names no project: the key's own, or the oldest of the workspace. */
  readonly defaultProject: string | null;
  /** Whether its last use is not noted, or was a while ago. */
  readonly isStale: boolean;
  /** Since when the workspace is deleted; null: it is not. */
  readonly deletedAt: Date | null;
  /** Until when that can be taken back. */
  readonly purgeAt: Date | null;
}

type Sql = RawBuilder<unknown>;

/** The holders of those keys that are good now, with their roles as they are now. */
export async function findKeyHolders(store: Store, hashes: readonly Buffer[]): Promise<FoundKey[]> {
  const { rows } = await sql<FoundKey>`
    ${PREPARED} SELECT 'key' AS credential, api_key.hash, api_key.id AS "keyId", api_key.id AS "rootKeyId", person.id AS "personId", person.role,
           api_key.read_only AS "readOnly", api_key.scopes, api_key.workspace_id AS "workspaceId", api_key.project_id AS "projectId",
           api_key.expires_at AS "expiresAt", workspace.plan,
           workspace.deleted_at AS "deletedAt", workspace.purge_at AS "purgeAt",
           coalesce(api_key.project_id, (
             SELECT id FROM project WHERE workspace_id = api_key.workspace_id AND deleted_at IS NULL
              ORDER BY created_at, id LIMIT 1)) AS "defaultProject",
           coalesce(api_key.last_used_at < now() - interval '1 minute', true) AS "isStale"
      FROM api_key
      JOIN person ON person.id = api_key.person_id
      JOIN workspace ON workspace.id = api_key.workspace_id
      LEFT JOIN project AS own ON own.id = api_key.project_id
     WHERE api_key.hash = ANY(${hashes})
       AND api_key.revoked_at IS NULL
       AND (api_key.expires_at IS NULL OR api_key.expires_at > now())
       AND person.removed_at IS NULL
       AND (workspace.purge_at IS NULL OR workspace.purge_at > now())
       AND own.deleted_at IS NULL`.execute(store);
  return rows;
}

/**
 * Whether a key is good now for a project, as a condition of a query; of none there is nothing to end.
 * @param keyId, personId, projectId expressions of SQL
 */
export const isGoodKey = (keyId: Sql, personId: Sql, projectId: Sql): RawBuilder<boolean> => sql<boolean>`
  (${keyId} IS NULL OR EXISTS (
    SELECT FROM api_key WHERE api_key.id = ${keyId} AND api_key.person_id = ${personId} AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > now()) AND coalesce(api_key.project_id, ${projectId}) = ${projectId}))`;

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
