import { sql } from 'kysely';
import type { ToolPermission } from '../chat-kinds.ts';
import { recordAct } from './audit.ts';
import type { Principal } from './keys.ts';
import type { Tenant } from './tenant.ts';

/** What a workspace has said of tools of the agent, by their names; of the others it has said nothing. */
export async function agentPermissions(
  tenant: Tenant,
  workspaceId: string,
): Promise<ReadonlyMap<string, ToolPermission>> {
  const rows = await tenant((tx) =>
    tx.selectFrom('agent_permission').where('workspace_id', '=', workspaceId).select(['tool', 'permission']).execute(),
  );
  return new Map(rows.map(({ tool, permission }) => [tool, permission]));
}

/** @param permission undefined: takes back what was said */
export const setAgentPermission = (
  tenant: Tenant,
  author: Principal,
  tool: string,
  permission: ToolPermission | undefined,
): Promise<void> =>
  tenant(async (tx) => {
    const { workspaceId, personId } = author;
    if (permission === undefined) {
      await tx
        .deleteFrom('agent_permission')
        .where('workspace_id', '=', workspaceId)
        .where('tool', '=', tool)
        .execute();
    } else {
      const said = { permission, updated_by: personId, updated_at: sql<Date>`now()` };
      await tx
        .insertInto('agent_permission')
        .values({ workspace_id: workspaceId, tool, ...said })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'tool']).doUpdateSet(said))
        .execute();
    }
    const details = { tool, permission: permission ?? null };
    await recordAct(tx, author, { action: 'agent.permission_changed', projectId: null, details });
  });
