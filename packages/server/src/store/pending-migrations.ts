import { sql } from 'kysely';
import { migrations } from './migrations/index.ts';
import type { Store } from './open-store.ts';

/** Migrations that the database has not had yet; those of a newer server do not count. */
export async function pendingMigrations(store: Store): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(store);
  const done = new Set(rows.map(({ name }) => name));
  return Object.keys(migrations).filter((name) => !done.has(name));
}
