import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';

/** What pushes of templates write, and how far they came. */
export const m0014: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE push_receipt (
        run_id text PRIMARY KEY REFERENCES run ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        plan json NOT NULL,
        state json NOT NULL,
        holder text,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`.execute(db);
    await guard(db, 'push_receipt');
  },
};
