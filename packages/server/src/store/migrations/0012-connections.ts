import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';
import { keepOutOfDeletedProjects } from './0005-people.ts';

/** Systems that rows go to and come from, and which fields of a template go into which of their columns. */
export const m0012: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE connection (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text NOT NULL REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        name text COLLATE "C" NOT NULL,
        version integer NOT NULL DEFAULT 1,
        type text NOT NULL,
        config json NOT NULL,
        read_only boolean NOT NULL DEFAULT false,
        secret_id text REFERENCES secret ON DELETE SET NULL,
        secret_ref text,
        verification json,
        verified_at timestamptz,
        catalogue bytea,
        catalogue_names json,
        catalogue_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by text NOT NULL,
        deleted_at timestamptz,
        purge_at timestamptz,
        CONSTRAINT connection_purged_when_deleted CHECK ((deleted_at IS NULL) = (purge_at IS NULL))
      )`.execute(db);
    // A deleted connection leaves its name.
    await sql`
      CREATE UNIQUE INDEX connection_name ON connection (project_id, name) WHERE deleted_at IS NULL`.execute(db);
    await sql`CREATE INDEX connection_of_project ON connection (project_id, ordinal DESC)`.execute(db);
    await sql`CREATE INDEX connection_purge ON connection (purge_at) WHERE purge_at IS NOT NULL`.execute(db);
    // It is compressed already.
    await sql`ALTER TABLE connection ALTER COLUMN catalogue SET STORAGE EXTERNAL`.execute(db);
    await sql`
      CREATE TABLE column_mapping (
        template_id text NOT NULL REFERENCES template ON DELETE CASCADE,
        connection_id text NOT NULL REFERENCES connection ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        table_schema text NOT NULL,
        table_name text NOT NULL,
        columns json NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by text NOT NULL,
        PRIMARY KEY (template_id, connection_id)
      )`.execute(db);
    await sql`CREATE INDEX column_mapping_of_connection ON column_mapping (connection_id)`.execute(db);
    for (const table of ['connection', 'column_mapping']) await guard(db, table);
    await keepOutOfDeletedProjects(db, 'connection');
  },
};
