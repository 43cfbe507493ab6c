import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';

/** What was answered to the scripts of runs, so that they can be replayed. */
export const m0022: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // Bytes are in the file store; here is only where.
    await sql`
      CREATE TABLE run_record (
        run_id text PRIMARY KEY REFERENCES run ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        blob_id text NOT NULL UNIQUE REFERENCES file_blob,
        byte_count bigint NOT NULL,
        sha256 bytea NOT NULL,
        call_count integer NOT NULL,
        incomplete text
      )`.execute(db);
    await guard(db, 'run_record');
  },
};
