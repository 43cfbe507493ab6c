import { type Actor, recordAct } from '../store/audit.ts';
import type { Store } from '../store/open-store.ts';
import { RunStore } from '../store/runs.ts';
import { deleteWorkspace, type StoredWorkspace, WORKSPACE_DELETED } from '../store/workspaces.ts';

/**
 * Deletes a workspace that the transaction has locked, to be purged later. Its runs end, sessions and invites go; keys and schedules do
 * nothing while it is deleted.
 */
export async function endWorkspace(tx: Store, actor: Actor, { id, name }: StoredWorkspace): Promise<StoredWorkspace> {
  const deleted = await deleteWorkspace(tx, id);
  const runs = await RunStore.endAllOfWorkspace(tx, WORKSPACE_DELETED);
  await tx.deleteFrom('session').where('workspace_id', '=', id).execute();
  await tx.deleteFrom('invite').where('workspace_id', '=', id).execute();
  const details = { name, runs: runs.length, purge_at: deleted.purge_at?.toISOString() };
  await recordAct(tx, actor, { action: 'workspace.deleted', subjectId: id, projectId: null, details });
  return deleted;
}
