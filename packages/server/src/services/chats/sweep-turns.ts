import type { TurnRunner } from '../../agent/turn-runner.ts';
import { endStaleTurns } from '../../store/chat-turns.ts';
import type { Store } from '../../store/open-store.ts';
import { tenantOf } from '../../store/tenant.ts';
import { workspaceIds } from '../../store/workspaces.ts';

/**
 * Ends turns whose server has died, and those that wait for an approval that nobody can give any more, in every workspace. Not those that
 * this process works on: where it got no time for a while, their leases may have run out as well.
 */
export async function sweepTurns(store: Store, own: TurnRunner): Promise<void> {
  await own.renew();
  for (const id of await workspaceIds(store)) await endStaleTurns(tenantOf(store, id), id);
}
