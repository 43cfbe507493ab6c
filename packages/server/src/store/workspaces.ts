import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export type StoredWorkspace = Selectable<Schema['workspace']>;

export interface WorkspaceChange {
  readonly name?: string;
  readonly plan?: string;
}

export const readWorkspace = (tx: Store, id: string): Promise<StoredWorkspace> =>
  tx.selectFrom('workspace').where('id', '=', id).selectAll().executeTakeFirstOrThrow();

export const changeWorkspace = (tx: Store, id: string, change: WorkspaceChange): Promise<StoredWorkspace> =>
  tx
    .updateTable('workspace')
    .set({ ...change, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * Changes of roles wait for each other from here to the end of the transaction: none sees an owner who is just going. Whoever
 * merely refers to the workspace, as each new row in it does, neither waits nor is waited for.
 */
export async function lockWorkspace(tx: Store, id: string): Promise<void> {
  await tx.selectFrom('workspace').where('id', '=', id).select('id').forNoKeyUpdate().execute();
}
