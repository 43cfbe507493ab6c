import { statfs } from 'node:fs/promises';
import { ApiError } from '../errors.ts';
import { pingStore, type Store } from '../store/open-store.ts';
import { pendingMigrations } from '../store/pending-migrations.ts';

/** With less than this, uploads and outputs are about to be refused. */
const LEAST_FREE_BYTES = 8 * 1024 * 1024;

/** `degraded`: what reads is served, and what needs room on the disk is refused. */
export type Health = { readonly status: 'ok' } | { readonly status: 'degraded'; readonly disk: 'full' };

/** Whether the database answers. @throws when it does not */
export const checkDatabase = (store: Store): Promise<void> => pingStore(store);

/**
 * Whether requests can be served.
 * @param folder where the server writes
 * @throws when none can
 */
export async function checkHealth(store: Store, folder: string): Promise<Health> {
  await checkDatabase(store);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < LEAST_FREE_BYTES ? { status: 'degraded', disk: 'full' } : { status: 'ok' };
}

/** Whether requests should be sent here: the database answers, and has the tables that are needed. @throws ApiError unavailable */
export async function checkReadiness(store: Store) {
  const pending = await pendingMigrations(store);
  if (pending.length > 0) throw new ApiError('unavailable', `the database waits for ${pending.length} migrations`);
  return { status: 'ready', checks: { database: 'ok', migrations: 'ok' } } as const;
}
