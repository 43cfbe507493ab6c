import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which packages, exactly, a version of a scenario runs with. */
export const m0019: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE scenario_version ADD COLUMN environment json`.execute(db);
  },
};
