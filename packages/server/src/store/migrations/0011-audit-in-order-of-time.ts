import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The audit in order of time. It was listed in order of its numbers, which an index cannot give together with a span of time: of a
 * million entries half were sorted, or walked over, for a page. Each filter has an index that holds the page as it is shown,
 * read backwards: where what is new comes last, PostgreSQL fills the pages of an index.
 */
export const m0011: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const name of ['of_workspace', 'by_action', 'by_person', 'by_subject', 'by_time']) {
      await sql`DROP INDEX ${sql.id(`audit_entry_${name}`)}`.execute(db);
    }
    await sql`
      CREATE INDEX audit_entry_by_time ON audit_entry (workspace_id, at, ordinal)`.execute(db);
    await sql`
      CREATE INDEX audit_entry_by_action ON audit_entry (workspace_id, action, at, ordinal)`.execute(db);
    await sql`
      CREATE INDEX audit_entry_by_person ON audit_entry (workspace_id, person_id, at, ordinal)`.execute(db);
    // Somebody who does much and something that many do may have few entries in common.
    await sql`
      CREATE INDEX audit_entry_by_person_and_action
        ON audit_entry (workspace_id, person_id, action, at, ordinal)`.execute(db);
    await sql`
      CREATE INDEX audit_entry_by_subject ON audit_entry (workspace_id, subject_id, at, ordinal)`.execute(db);
  },
};
