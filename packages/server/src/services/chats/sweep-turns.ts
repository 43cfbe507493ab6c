import { endStaleTurns } from '../../store/chat-turns.ts';
import type { Store } from '../../store/open-store.ts';
import { tenantOf } from '../../store/tenant.ts';
import { workspaceIds } from '../../store/workspaces.ts';

/** Ends turns whose server has died, and those that wait for an approval that nobody can give any more, in every workspace. */
export async function sweepTurns(store: Store): Promise<void> {
  for (const id of await workspaceIds(store)) await endStaleTurns(tenantOf(store, id), id);
}
