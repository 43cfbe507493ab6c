import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { migrations as all } from './migrations/index.ts';
import type { Store } from './open-store.ts';
import { StoreError } from './store-error.ts';

/**
 * Brings tables forward, each time in one transaction: what fails half-way leaves them as they were. Kysely takes an advisory
 * lock meanwhile, so servers that start together wait for each other.
 * @param name the last migration to run; undefined: the newest
 */
export async function migrateTo(
  store: Store,
  name: string | undefined,
  migrations: Readonly<Record<string, Migration>> = all,
): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`SHOW server_encoding`.execute(store);
  const encoding = rows[0]?.server_encoding;
  // Others hold only some characters, or do not know what they hold.
  if (encoding !== 'UTF8') {
    throw new StoreError('wrong_encoding', `its encoding is ${encoding}: make one with ENCODING 'UTF8'`);
  }
  let fault: unknown;
  // In a transaction that has failed no lock can be given back: that second error must not hide the first.
  const watched = Object.entries(migrations).map(([key, { up }]) => {
    const run = (db: Kysely<unknown>): Promise<void> =>
      up(db).catch((error: unknown) => {
        fault ??= new StoreError('migration_failed', `migration ${key} failed: ${(error as Error).message}`, error);
        throw error;
      });
    return [key, { up: run }] as const;
  });
  const provider = { getMigrations: async () => Object.fromEntries(watched) };
  const migrator = new Migrator({ db: store, provider });
  const { error } = await (name === undefined ? migrator.migrateToLatest() : migrator.migrateTo(name)).catch(
    (thrown: unknown) => ({ error: thrown }),
  );
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) {
    throw new StoreError('newer_schema', 'a newer DataMaker has changed its tables: use that one', error);
  }
  if (error !== undefined) throw fault ?? error;
}
