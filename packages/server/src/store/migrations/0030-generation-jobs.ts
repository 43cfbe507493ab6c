import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';

/** Generations in parts, which any number of workers make. */
export const m0030: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE run DROP CONSTRAINT run_kind_check`.execute(db);
    await sql`
      ALTER TABLE run ADD CONSTRAINT run_kind_check
        CHECK (kind IN ('generation', 'scenario', 'push', 'seed', 'undo', 'generation_job'))`.execute(db);
    // Which engine a process has: rows of another one may be others. null: it is of before.
    await sql`ALTER TABLE worker ADD COLUMN engine_version text`.execute(db);
    await sql`
      CREATE TABLE generation_job (
        run_id text PRIMARY KEY REFERENCES run ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        recipe json NOT NULL,
        sink text NOT NULL CHECK (sink IN ('files', 'hash')),
        part_count integer NOT NULL,
        engine_version text NOT NULL,
        plan_sha256 bytea NOT NULL,
        about json NOT NULL
      )`.execute(db);
    await guard(db, 'generation_job');
    await sql`
      CREATE TABLE generation_job_part (
        run_id text NOT NULL REFERENCES generation_job ON DELETE CASCADE,
        number integer NOT NULL,
        workspace_id text NOT NULL REFERENCES workspace,
        first_row bigint NOT NULL,
        end_row bigint NOT NULL,
        attempt integer NOT NULL DEFAULT 0,
        fault_count integer NOT NULL DEFAULT 0,
        token text,
        lease_until timestamptz,
        not_before timestamptz,
        row_count bigint NOT NULL DEFAULT 0,
        byte_count bigint,
        sha256 bytea,
        blob_id text UNIQUE REFERENCES file_blob,
        started_at timestamptz,
        ended_at timestamptz,
        PRIMARY KEY (run_id, number),
        CHECK (num_nulls(byte_count, sha256, ended_at) IN (0, 3)),
        CHECK (token IS NULL OR sha256 IS NULL),
        CHECK (blob_id IS NULL OR sha256 IS NOT NULL)
      )`.execute(db);
    await sql`
      CREATE INDEX generation_job_part_open ON generation_job_part (run_id, number) WHERE sha256 IS NULL`.execute(db);
    await sql`
      CREATE INDEX generation_job_part_kept ON generation_job_part (workspace_id) WHERE blob_id IS NOT NULL`.execute(
      db,
    );
    await guard(db, 'generation_job_part');
  },
};
