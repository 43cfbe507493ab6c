import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Workspaces that were deleted, until when that can be taken back, and what is left of them: their audit and this row. And for whom a
 * language model answered, so that it goes with them.
 */
export const m0024: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      ALTER TABLE workspace
        ADD COLUMN deleted_at timestamptz,
        ADD COLUMN purge_at timestamptz,
        ADD COLUMN purged_at timestamptz,
        ADD CONSTRAINT workspace_purged_when_deleted CHECK (
          (deleted_at IS NULL) = (purge_at IS NULL) AND (purged_at IS NULL OR deleted_at IS NOT NULL))`.execute(db);
    // Whose it is was in the hash only, where nobody finds it. Of answers from before this nobody knows.
    await sql`ALTER TABLE model_answer ADD COLUMN scope text`.execute(db);
  },
};
