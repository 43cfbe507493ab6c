import { type ExpressionBuilder, sql } from 'kysely';
import type { Scope } from '../security/permissions.ts';
import type { FoundKey } from './keys.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';
import type { Tenant } from './tenant.ts';

/** Of the key by which somebody spoke. */
const scopes = (eb: ExpressionBuilder<Schema, 'chat_turn'>) =>
  eb.selectFrom('api_key').whereRef('api_key.id', '=', 'chat_turn.credential_id').select('api_key.scopes').as('scopes');

/** What whoever began a turn may: the scopes of their key; null: all that their role may do. */
export async function scopesOfTurn(tx: Store, turnId: string): Promise<readonly Scope[] | null> {
  const turn = tx.selectFrom('chat_turn').where('id', '=', turnId).select(scopes);
  return (await turn.executeTakeFirstOrThrow()).scopes;
}

/**
 * On whose behalf the agent of a turn acts: whoever said what began it, as they are now, in the project of the chat alone, and
 * as long as the key or session is good by which they said it, for no more than that key is for.
 * @param token of the server that works on the turn
 * @param isReading whether the chat lets it do no more than read
 * @returns undefined when the turn is over or another server's, or the person, the project or the credential is gone
 */
export function findChatHolder(
  tenant: Tenant,
  turnId: string,
  token: string,
  isReading: boolean,
): Promise<FoundKey | undefined> {
  return tenant(async (tx) => {
    const found = await tx
      .selectFrom('chat_turn')
      .innerJoin('chat', 'chat.id', 'chat_turn.chat_id')
      .innerJoin('person', 'person.id', 'chat_turn.person_id')
      .innerJoin('workspace', 'workspace.id', 'chat_turn.workspace_id')
      .innerJoin('project', 'project.id', 'chat.project_id')
      .where('chat_turn.id', '=', turnId)
      .where('chat_turn.state', '=', 'running')
      .where('chat_turn.token', '=', token)
      .where('chat.deleted_at', 'is', null)
      .whereRef('person.workspace_id', '=', 'chat_turn.workspace_id')
      .where('person.removed_at', 'is', null)
      .where('project.deleted_at', 'is', null)
      .where(
        sql<boolean>`CASE chat_turn.credential
          WHEN 'key' THEN EXISTS (
            SELECT FROM api_key WHERE api_key.id = chat_turn.credential_id AND api_key.person_id = person.id
               AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
               AND coalesce(api_key.project_id, chat.project_id) = chat.project_id)
          ELSE EXISTS (
            SELECT FROM session WHERE session.id = chat_turn.credential_id AND session.person_id = person.id
               AND expires_at > now()) END`,
      )
      .select([
        'chat_turn.id as keyId',
        sql<string | null>`CASE chat_turn.credential WHEN 'key' THEN chat_turn.credential_id END`.as('rootKeyId'),
        'chat_turn.read_only as readOnly',
        scopes,
        'chat_turn.workspace_id as workspaceId',
        'chat.project_id as projectId',
        'person.id as personId',
        'person.role',
        'workspace.plan',
        'workspace.deleted_at as deletedAt',
        'workspace.purge_at as purgeAt',
      ])
      .executeTakeFirst();
    if (found === undefined) return undefined;
    return {
      ...found,
      readOnly: found.readOnly || isReading,
      credential: 'chat' as const,
      hash: Buffer.alloc(0),
      expiresAt: null,
      defaultProject: found.projectId,
      isStale: false,
    };
  });
}
