import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Runs that take pushes back; and what a seed was about to write where nothing tells rows apart. */
export const m0016: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE push_receipt ADD COLUMN undo_run_id text REFERENCES run ON DELETE SET NULL`.execute(db);
    await sql`ALTER TABLE push_receipt ADD COLUMN undone_at timestamptz`.execute(db);
    await sql`CREATE INDEX push_receipt_undo ON push_receipt (undo_run_id) WHERE undo_run_id IS NOT NULL`.execute(db);
    await sql`ALTER TABLE seed_receipt ADD COLUMN begun json`.execute(db);
  },
};
