import { pingStore, type Store } from '../store/open-store.ts';

/** Whether requests can be served. @throws when they cannot */
export async function checkHealth(store: Store): Promise<{ status: 'ok' }> {
  await pingStore(store);
  return { status: 'ok' };
}
