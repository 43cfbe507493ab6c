import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** Scenarios of a project that are among `ids`; no others can change them until the transaction ends. */
export const holdScenarios = (
  tx: Store,
  projectId: string,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> =>
  tx
    .selectFrom('scenario')
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .select(['id', 'name'])
    .forUpdate()
    .execute();

/** The scenarios among `ids` of which a run has not ended. */
export async function scenariosThatRun(tx: Store, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await tx
    .selectFrom('run')
    .where('subject_id', 'in', [...ids])
    .where('state', 'in', ['queued', 'running'])
    .where('deleted_at', 'is', null)
    .select('subject_id')
    .distinct()
    .execute();
  return new Set(found.map((one) => one.subject_id));
}

/** Puts scenarios into another project, with their runs. */
export async function moveScenarios(tx: Store, ids: readonly string[], projectId: string): Promise<void> {
  await tx
    .updateTable('scenario')
    .set({ project_id: projectId, updated_at: sql`now()` })
    .where('id', 'in', [...ids])
    .execute();
  await tx
    .updateTable('run')
    .set({ project_id: projectId })
    .where('subject_id', 'in', [...ids])
    .where('kind', '=', 'scenario')
    .execute();
}
