import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** The version of the PostgreSQL behind a store, as its makers write it (`18.1`) and as a number (180001). @throws when it does not answer */
export async function postgresVersion(store: Store): Promise<{ readonly name: string; readonly number: number }> {
  const { rows } = await sql<{ name: string; number: number }>`
    SELECT current_setting('server_version') AS name, current_setting('server_version_num')::int AS number`.execute(
    store,
  );
  return rows[0] ?? { name: 'unknown', number: 0 };
}
