import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * When deleted templates are purged, as deleted sets are (nobody was told so of those that are deleted already: their time
 * begins now); and what of a set is sensitive.
 */
export const m0010: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE template ADD COLUMN purge_at timestamptz`.execute(db);
    // The rows of all workspaces, whoever owns the table.
    await sql`ALTER TABLE template NO FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`
      UPDATE template SET purge_at = now() + interval '30 days' WHERE deleted_at IS NOT NULL`.execute(db);
    await sql`ALTER TABLE template FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`
      ALTER TABLE template
        ADD CONSTRAINT template_purged_when_deleted CHECK ((deleted_at IS NULL) = (purge_at IS NULL))`.execute(db);
    await sql`
      ALTER TABLE saved_set
        ADD CONSTRAINT set_purged_when_deleted CHECK ((deleted_at IS NULL) = (purge_at IS NULL))`.execute(db);
    // Which columns are sensitive; null, of versions from before this: nobody noted it.
    await sql`ALTER TABLE set_version ADD COLUMN sensitive json`.execute(db);
    await sql`CREATE INDEX template_purge ON template (purge_at) WHERE purge_at IS NOT NULL`.execute(db);
  },
};
