import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What keys are for, and with it what is done later on behalf of who used one; null: all that the role may do. */
export const m0027: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const table of ['api_key', 'run', 'scenario_schedule']) {
      await sql`
        ALTER TABLE ${sql.id(table)} ADD COLUMN scopes text[]
          CHECK (scopes <@ ARRAY['read', 'generate', 'run', 'push', 'admin'] AND cardinality(scopes) > 0)`.execute(db);
    }
  },
};
