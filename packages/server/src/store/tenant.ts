import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** Runs queries in a transaction in which the rows of one workspace exist, and no others. */
export type Tenant = <T>(use: (tx: Store) => Promise<T>) => Promise<T>;

/** Queries on behalf of a workspace: each use is a transaction of its own. */
export const tenantOf =
  (store: Store, workspaceId: string): Tenant =>
  (use) =>
    store.transaction().execute(async (tx) => {
      await sql`SELECT set_config('datamaker.workspace', ${workspaceId}, true)`.execute(tx);
      return use(tx);
    });

/** Queries in a transaction that is open already, of a workspace that it has named. */
export const within =
  (tx: Store): Tenant =>
  (use) =>
    use(tx);
