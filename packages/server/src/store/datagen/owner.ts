import { sql } from 'kysely';
import type { Store } from '../open-store.ts';

/** What sees all rows, for sweeps. */
const ALL = '*';

/**
 * Runs queries of this door in a transaction in which only rows of some owners exist: keys, of their usage and answers; keys, projects
 * or `public`, of contracts.
 */
export const ownedBy = <T>(store: Store, owners: readonly string[], use: (tx: Store) => Promise<T>): Promise<T> =>
  store.transaction().execute(async (tx) => {
    await sql`SELECT set_config('datamaker.owner', ${owners.join(',')}, true)`.execute(tx);
    return use(tx);
  });

/** Runs queries that forget what is over, whoever it belongs to. */
export const ofAll = <T>(store: Store, use: (tx: Store) => Promise<T>): Promise<T> => ownedBy(store, [ALL], use);
