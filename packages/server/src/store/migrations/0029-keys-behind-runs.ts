import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** By which key runs and schedules were made, which do nothing more when it has ended; null: by somebody signed in, or before. */
export const m0029: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // No reference: who looks finds no key, or one that has ended, and both mean the same.
    await sql`ALTER TABLE run ADD COLUMN key_id text`.execute(db);
    await sql`ALTER TABLE scenario_schedule ADD COLUMN key_id text`.execute(db);
  },
};
