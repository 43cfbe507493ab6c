import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a language model answered, by the hash of what it was asked and for whom. */
export const m0003: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE model_answer (
        question bytea PRIMARY KEY,
        answer text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`.execute(db);
  },
};
