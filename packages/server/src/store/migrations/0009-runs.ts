import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';
import { keepOutOfDeletedProjects } from './0005-people.ts';

/** Work that goes on after its request was answered. Who works on a run holds its token until the lease ends. */
export const m0009: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE run (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text NOT NULL REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        kind text NOT NULL CHECK (kind IN ('generation', 'scenario', 'push', 'seed')),
        state text NOT NULL DEFAULT 'queued'
          CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'timeout', 'lost')),
        subject_id text NOT NULL,
        params json NOT NULL,
        recipe json,
        total_rows bigint NOT NULL,
        row_count bigint NOT NULL DEFAULT 0,
        byte_count bigint NOT NULL DEFAULT 0,
        attempt integer NOT NULL DEFAULT 0,
        token text,
        lease_until timestamptz,
        reservation_id text,
        max_bytes bigint,
        blob_id text UNIQUE REFERENCES file_blob,
        output json,
        error json,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        ended_at timestamptz,
        expires_at timestamptz,
        deleted_at timestamptz,
        created_by text NOT NULL,
        request_id text NOT NULL,
        CHECK ((state = 'running') = (token IS NOT NULL)),
        CHECK ((state IN ('queued', 'running')) = (ended_at IS NULL))
      )`.execute(db);
    await sql`CREATE INDEX run_of_project ON run (project_id, ordinal DESC) WHERE deleted_at IS NULL`.execute(db);
    await sql`CREATE INDEX run_of_subject ON run (subject_id, ordinal DESC) WHERE deleted_at IS NULL`.execute(db);
    await sql`CREATE INDEX run_expiry ON run (workspace_id, expires_at) WHERE blob_id IS NOT NULL`.execute(db);
    await sql`
      CREATE INDEX run_under_way ON run (workspace_id, created_at) WHERE state IN ('queued', 'running')`.execute(db);
    await guard(db, 'run');
    await keepOutOfDeletedProjects(db, 'run');
  },
};
