import { sql } from 'kysely';
import type { BlobStore } from './blobs/blob-store.ts';
import type { Store } from './open-store.ts';

export interface Tenant {
  /** Runs queries in a transaction in which the rows of one workspace exist, and no others. */
  <T>(use: (tx: Store) => Promise<T>): Promise<T>;
  /** Where the bytes of its files are; undefined where nobody asks for files. */
  readonly blobs?: BlobStore | undefined;
}

/** Queries on behalf of a workspace: each use is a transaction of its own. */
export const tenantOf = (store: Store, workspaceId: string, blobs?: BlobStore): Tenant =>
  Object.assign(
    <T>(use: (tx: Store) => Promise<T>) =>
      store.transaction().execute(async (tx) => {
        await sql`SELECT set_config('datamaker.workspace', ${workspaceId}, true)`.execute(tx);
        return use(tx);
      }),
    { blobs },
  );

/** A server that stands still must not hold rows that others wait for. */
const IDLE_MS = 10_000;

/**
 * The same in transactions that only ask the database: one whose server stands still in the middle of it is ended by the database, and
 * what it held is free.
 */
export const briefTenantOf = (store: Store, workspaceId: string, blobs?: BlobStore): Tenant =>
  Object.assign(
    <T>(use: (tx: Store) => Promise<T>) =>
      store.transaction().execute(async (tx) => {
        await sql`
          SELECT set_config('datamaker.workspace', ${workspaceId}, true),
                 set_config('idle_in_transaction_session_timeout', ${`${IDLE_MS}ms`}, true)`.execute(tx);
        return use(tx);
      }),
    { blobs },
  );

/** Queries in a transaction that is open already, of a workspace that it has named. */
export const within = (tx: Store, blobs?: BlobStore): Tenant =>
  Object.assign(<T>(use: (tx: Store) => Promise<T>) => use(tx), { blobs });
