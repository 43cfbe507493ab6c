import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { RunRecipe } from './run-table.ts';

/**
 * Has a run that did not come to its end begin again, in the transaction that gives notice of it.
 * @returns false when there is no such run, or it is done or under way
 */
export async function reviveRun(
  tx: Store,
  projectId: string,
  id: string,
  recipe: RunRecipe,
  reservationId: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('run')
    .set({
      state: 'queued',
      recipe: JSON.stringify(recipe),
      reservation_id: reservationId,
      attempt: sql<number>`0`,
      error: null,
      ended_at: null,
    })
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .where('state', 'in', ['failed', 'cancelled', 'timeout', 'lost'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
