import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';

/** What seeds of connections have written, and runs that take it back. */
export const m0013: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE run DROP CONSTRAINT run_kind_check`.execute(db);
    await sql`
      ALTER TABLE run ADD CONSTRAINT run_kind_check
        CHECK (kind IN ('generation', 'scenario', 'push', 'seed', 'undo'))`.execute(db);
    await sql`ALTER TABLE run ADD COLUMN result json`.execute(db);
    await sql`
      CREATE TABLE seed_receipt (
        run_id text PRIMARY KEY REFERENCES run ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        target json NOT NULL,
        mode text NOT NULL CHECK (mode IN ('chunks', 'transaction')),
        plan bytea NOT NULL,
        chunks json NOT NULL DEFAULT '[]',
        updated_at timestamptz NOT NULL DEFAULT now(),
        undo_run_id text REFERENCES run ON DELETE SET NULL,
        undone_at timestamptz
      )`.execute(db);
    await sql`CREATE INDEX seed_receipt_undo ON seed_receipt (undo_run_id) WHERE undo_run_id IS NOT NULL`.execute(db);
    // It is compressed already.
    await sql`ALTER TABLE seed_receipt ALTER COLUMN plan SET STORAGE EXTERNAL`.execute(db);
    await guard(db, 'seed_receipt');
  },
};
