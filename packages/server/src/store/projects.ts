import type { Store } from './open-store.ts';

/**
 * The project of a workspace that a request works in: the one it names, else the oldest. Undefined when there is none, or
 * when it is not of the workspace.
 */
export async function findProject(
  store: Store,
  workspaceId: string,
  named: string | undefined,
): Promise<string | undefined> {
  const query = store.selectFrom('project').where('workspace_id', '=', workspaceId).select('id');
  const found = await (named === undefined ? query.orderBy('created_at').orderBy('id') : query.where('id', '=', named))
    .limit(1)
    .executeTakeFirst();
  return found?.id;
}

/** The plan of a workspace. */
export async function planOf(store: Store, workspaceId: string): Promise<string> {
  const { plan } = await store
    .selectFrom('workspace')
    .where('id', '=', workspaceId)
    .select('plan')
    .executeTakeFirstOrThrow();
  return plan;
}
