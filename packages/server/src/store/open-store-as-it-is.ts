import { isAboveRules } from './backup/catalogue.ts';
import { connect, SERVER_ROLE, type Store, type StoreLocation } from './open-store.ts';
import { mustBeUpToDate } from './pending-migrations.ts';

/**
 * Opens the database for who leaves its tables as they are, since servers see to them.
 * @throws StoreError when they are not those of this version
 */
export async function openStoreAsItIs(location: StoreLocation, onError: (error: Error) => void): Promise<Store> {
  const owner = connect(location, onError);
  let role: string | undefined;
  try {
    await mustBeUpToDate(owner);
    role = (await isAboveRules(owner)) ? SERVER_ROLE : undefined;
  } finally {
    await owner.destroy();
  }
  return connect(location, onError, role);
}
