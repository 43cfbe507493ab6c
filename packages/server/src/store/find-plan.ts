import type { Store } from './open-store.ts';

/** The plan of a workspace, as it is named there. */
export async function findPlan(store: Store, workspaceId: string): Promise<string> {
  const { plan } = await store
    .selectFrom('workspace')
    .where('id', '=', workspaceId)
    .select('plan')
    .executeTakeFirstOrThrow();
  return plan;
}
