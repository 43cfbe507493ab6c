import { sql } from 'kysely';
import { type Actor, recordAct } from '../audit.ts';
import { removeMasterKey } from '../data-keys.ts';
import type { Store } from '../open-store.ts';

/**
 * Removes secrets that nobody can open, with the data keys that are wrapped with some master keys: a server that lacks one of
 * these does not start.
 * @param absent ids of the master keys that are lost
 * @returns how many secrets
 */
export async function removeUnreadable(tx: Store, absent: readonly string[]): Promise<number> {
  if (absent.length === 0) return 0;
  let removed = 0;
  for (const { id: workspaceId } of await tx.selectFrom('workspace').select('id').orderBy('id').execute()) {
    await sql`SELECT set_config('datamaker.workspace', ${workspaceId}, true)`.execute(tx);
    const lost = tx
      .selectFrom('data_key')
      .where('workspace_id', '=', workspaceId)
      .where('master_key_id', 'in', [...absent]);
    const secrets = await tx
      .deleteFrom('secret')
      .where('workspace_id', '=', workspaceId)
      .where('data_key_id', 'in', lost.select('id'))
      .returning(['id', 'project_id', 'kind', 'name'])
      .execute();
    const nobody: Actor = { workspaceId, projectId: null, personId: null, keyId: null, requestId: null };
    for (const { id, project_id, kind, name } of secrets) {
      const details = { name, kind, reason: 'restored without its master key' };
      await recordAct(tx, nobody, { action: 'secret.deleted', subjectId: id, projectId: project_id, details });
    }
    await tx
      .deleteFrom('data_key')
      .where('workspace_id', '=', workspaceId)
      .where('master_key_id', 'in', [...absent])
      .execute();
    removed += secrets.length;
  }
  await sql`SELECT set_config('datamaker.workspace', '', true)`.execute(tx);
  for (const id of absent) await removeMasterKey(tx, id);
  return removed;
}
