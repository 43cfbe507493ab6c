import { ApiError } from '../errors.ts';
import { pingStore, type Store } from '../store/open-store.ts';
import { pendingMigrations } from '../store/pending-migrations.ts';

/** Whether requests can be served. @throws when they cannot */
export async function checkHealth(store: Store): Promise<{ status: 'ok' }> {
  await pingStore(store);
  return { status: 'ok' };
}

/** Whether requests should be sent here: the database answers, and has the tables that are needed. @throws ApiError unavailable */
export async function checkReadiness(store: Store) {
  const pending = await pendingMigrations(store);
  if (pending.length > 0) throw new ApiError('unavailable', `the database waits for ${pending.length} migrations`);
  return { status: 'ready', checks: { database: 'ok', migrations: 'ok' } } as const;
}
