import { sql } from 'kysely';
import { type FoundKey, isGoodKey } from './keys.ts';
import type { Tenant } from './tenant.ts';

/**
 * On whose behalf the script of a run acts: whoever started it, as they are now, in the project of the run alone, for no more than the
 * key was for that it was started with, and as long as that is good.
 * @param tenant of the workspace of the run
 * @param lease token of the worker that holds it
 * @returns undefined when the attempt is over, or its lease has run out, or the person, the project or the key is gone
 */
export function findScriptHolder(tenant: Tenant, runId: string, lease: string): Promise<FoundKey | undefined> {
  return tenant(async (tx) => {
    const found = await tx
      .selectFrom('run')
      .innerJoin('person', 'person.id', 'run.created_by')
      .innerJoin('workspace', 'workspace.id', 'run.workspace_id')
      .innerJoin('project', 'project.id', 'run.project_id')
      .where('run.id', '=', runId)
      .where('run.kind', '=', 'scenario')
      .where('run.state', '=', 'running')
      .where('run.token', '=', lease)
      .where('run.lease_until', '>', sql<Date>`now()`)
      .whereRef('person.workspace_id', '=', 'run.workspace_id')
      .where('person.removed_at', 'is', null)
      .where('project.deleted_at', 'is', null)
      .where(isGoodKey(sql.ref('run.key_id'), sql.ref('run.created_by'), sql.ref('run.project_id')))
      .select([
        'run.id as keyId',
        'run.key_id as rootKeyId',
        'run.workspace_id as workspaceId',
        'run.project_id as projectId',
        'run.scopes',
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
      credential: 'run' as const,
      hash: Buffer.alloc(0),
      readOnly: false,
      expiresAt: null,
      defaultProject: found.projectId,
      isStale: false,
    };
  });
}
