import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';
import { keepOutOfDeletedProjects } from './0005-people.ts';

/** Saved sets, with their rows or the recipe of them; files of projects, whose bytes are elsewhere. */
export const m0007: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE saved_set (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text NOT NULL REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        name text COLLATE "C" NOT NULL,
        version integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        purge_at timestamptz
      )`.execute(db);
    // A deleted set leaves its name.
    await sql`CREATE UNIQUE INDEX saved_set_name ON saved_set (project_id, name) WHERE deleted_at IS NULL`.execute(db);
    await sql`CREATE INDEX saved_set_of_project ON saved_set (project_id, ordinal DESC)`.execute(db);
    await sql`CREATE INDEX saved_set_purge ON saved_set (purge_at) WHERE purge_at IS NOT NULL`.execute(db);
    await sql`
      CREATE TABLE set_version (
        set_id text NOT NULL REFERENCES saved_set ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        version integer NOT NULL,
        row_count bigint NOT NULL,
        byte_count bigint NOT NULL,
        sha256 bytea NOT NULL,
        columns json NOT NULL,
        template_id text,
        template_version integer,
        seed text,
        engine_version text,
        recipe json,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        PRIMARY KEY (set_id, version)
      )`.execute(db);
    await sql`
      CREATE TABLE set_chunk (
        set_id text NOT NULL,
        workspace_id text NOT NULL REFERENCES workspace,
        version integer NOT NULL,
        first_row bigint NOT NULL,
        row_count integer NOT NULL,
        data bytea NOT NULL,
        PRIMARY KEY (set_id, version, first_row),
        FOREIGN KEY (set_id, version) REFERENCES set_version ON DELETE CASCADE
      )`.execute(db);
    // The chunks are compressed already.
    await sql`ALTER TABLE set_chunk ALTER COLUMN data SET STORAGE EXTERNAL`.execute(db);
    // A blob is bytes in the file store. It is written before it belongs to a file, and outlives it until it is removed.
    await sql`
      CREATE TABLE file_blob (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        state text NOT NULL CHECK (state IN ('writing', 'kept', 'doomed')),
        byte_count bigint NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`CREATE INDEX file_blob_of_workspace ON file_blob (workspace_id, state)`.execute(db);
    await sql`
      CREATE TABLE workspace_file (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text NOT NULL REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        name text COLLATE "C" NOT NULL,
        blob_id text NOT NULL UNIQUE REFERENCES file_blob,
        byte_count bigint NOT NULL,
        sha256 bytea NOT NULL,
        content_type text NOT NULL,
        kind text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        uploaded_at timestamptz NOT NULL DEFAULT now(),
        uploaded_by text NOT NULL,
        UNIQUE (project_id, name)
      )`.execute(db);
    await sql`CREATE INDEX workspace_file_of_project ON workspace_file (project_id, ordinal DESC)`.execute(db);
    for (const table of ['saved_set', 'set_version', 'set_chunk', 'file_blob', 'workspace_file']) {
      await guard(db, table);
    }
    for (const table of ['saved_set', 'workspace_file']) await keepOutOfDeletedProjects(db, table);
  },
};
