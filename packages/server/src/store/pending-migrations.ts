import { sql } from 'kysely';
import { migrations } from './migrations/index.ts';
import type { Store } from './open-store.ts';
import { StoreError } from './store-error.ts';

/** Migrations that the database has not had yet; those of a newer server do not count. */
export async function pendingMigrations(store: Store): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(store);
  const done = new Set(rows.map(({ name }) => name));
  return Object.keys(migrations).filter((name) => !done.has(name));
}

/** @throws StoreError when the tables are those of an older or a newer server, or there are none */
export async function mustBeUpToDate(store: Store): Promise<void> {
  const { rows } = await sql<{ name: string | null }>`
    SELECT to_regclass('public.kysely_migration')::text AS name`.execute(store);
  if (rows[0]?.name == null) {
    throw new StoreError('no_tables', 'it has no tables yet: start a server (`datamaker serve`) with it first');
  }
  const pending = await pendingMigrations(store);
  if (pending.length > 0) {
    throw new StoreError(
      'older_schema',
      `it waits for ${pending.length} migrations: start a server of this version first`,
    );
  }
  const known = Object.keys(migrations);
  const { rows: newer } = await sql<{ name: string }>`
    SELECT name FROM kysely_migration WHERE name <> ALL (${known})`.execute(store);
  if (newer.length > 0) {
    throw new StoreError('newer_schema', 'a newer DataMaker has changed its tables: use that one');
  }
}
