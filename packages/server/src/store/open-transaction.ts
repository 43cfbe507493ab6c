import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import { type Tenant, within } from './tenant.ts';

/** A transaction on behalf of a workspace that outlives a function: who opens it ends it, once. */
export interface OpenTransaction {
  readonly tx: Store;
  /** Queries that join it. */
  readonly tenant: Tenant;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export async function openTransaction(store: Store, workspaceId: string): Promise<OpenTransaction> {
  const tx = await store.startTransaction().execute();
  const rollback = async (): Promise<void> => {
    if (!tx.isCommitted && !tx.isRolledBack) await tx.rollback().execute();
  };
  try {
    await sql`SELECT set_config('datamaker.workspace', ${workspaceId}, true)`.execute(tx);
  } catch (error) {
    await rollback().catch(() => undefined);
    throw error;
  }
  return { tx, tenant: within(tx), commit: async () => void (await tx.commit().execute()), rollback };
}
