import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';
import { keepOutOfDeletedProjects } from './0005-people.ts';

/** Scenarios in versions, when they run by themselves, and where the logs of runs are. */
export const m0017: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE scenario (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text NOT NULL REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        version integer NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        purge_at timestamptz,
        CONSTRAINT scenario_purged_when_deleted CHECK ((deleted_at IS NULL) = (purge_at IS NULL))
      )`.execute(db);
    await sql`CREATE INDEX scenario_of_project ON scenario (project_id, ordinal DESC)`.execute(db);
    await sql`CREATE INDEX scenario_purge ON scenario (purge_at) WHERE purge_at IS NOT NULL`.execute(db);
    await sql`
      CREATE TABLE scenario_version (
        scenario_id text NOT NULL REFERENCES scenario ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        version integer NOT NULL,
        name text NOT NULL,
        code text NOT NULL,
        settings json NOT NULL,
        needs json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        PRIMARY KEY (scenario_id, version)
      )`.execute(db);
    await sql`
      CREATE TABLE scenario_schedule (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        scenario_id text NOT NULL REFERENCES scenario ON DELETE CASCADE,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        cron text NOT NULL,
        time_zone text NOT NULL,
        params json NOT NULL,
        paused boolean NOT NULL DEFAULT false,
        next_at timestamptz,
        last_at timestamptz,
        last_run_id text,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK (paused = (next_at IS NULL))
      )`.execute(db);
    await sql`CREATE INDEX scenario_schedule_of ON scenario_schedule (scenario_id, ordinal DESC)`.execute(db);
    // Bytes of logs are in the file store; here is only which of them are where.
    await sql`
      CREATE TABLE run_log (
        run_id text PRIMARY KEY REFERENCES run ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        writer text,
        line_count bigint NOT NULL DEFAULT 0,
        byte_count bigint NOT NULL DEFAULT 0,
        dropped_bytes bigint NOT NULL DEFAULT 0,
        kept_days integer,
        expires_at timestamptz,
        expired boolean NOT NULL DEFAULT false
      )`.execute(db);
    await sql`
      CREATE INDEX run_log_expiry ON run_log (workspace_id, expires_at) WHERE expires_at IS NOT NULL`.execute(db);
    await sql`
      CREATE TABLE run_log_chunk (
        run_id text NOT NULL REFERENCES run_log ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        first_byte bigint NOT NULL,
        byte_count integer NOT NULL,
        first_line bigint NOT NULL,
        line_count integer NOT NULL,
        blob_id text NOT NULL UNIQUE REFERENCES file_blob,
        sha256 bytea NOT NULL,
        PRIMARY KEY (run_id, first_byte)
      )`.execute(db);
    await sql`CREATE INDEX run_log_chunk_line ON run_log_chunk (run_id, first_line, first_byte)`.execute(db);
    for (const table of ['scenario', 'scenario_version', 'scenario_schedule', 'run_log', 'run_log_chunk']) {
      await guard(db, table);
    }
    await keepOutOfDeletedProjects(db, 'scenario');
  },
};
