import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Processes that work on runs, of all hosts. Each says again and again that it is there, so the table is not logged: after a crash of
 * the database it fills by itself.
 */
export const m0020: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE UNLOGGED TABLE worker (
        id text PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('server', 'worker')),
        host text NOT NULL,
        lanes text[] NOT NULL,
        master_key_id text NOT NULL,
        file_marker text NOT NULL,
        secret_mark text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz
      )`.execute(db);
  },
};
