import type { Store } from '../store/open-store.ts';

/** Puts every workspace on a plan, with nothing used up. */
export async function setPlan(store: Store, plan: string): Promise<void> {
  await store.updateTable('workspace').set({ plan }).execute();
  await store.deleteFrom('row_reservation').execute();
  await store.deleteFrom('row_bucket').execute();
  await store.deleteFrom('request_bucket').execute();
}
