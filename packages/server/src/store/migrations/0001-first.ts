import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Workspaces, people, keys and versioned templates. */
export const m0001: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE workspace (
        id text PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`
      CREATE TABLE project (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`
      CREATE TABLE person (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        name text NOT NULL,
        role text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
        created_at timestamptz NOT NULL DEFAULT now()
      )`.execute(db);
    await sql`
      CREATE TABLE api_key (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text NOT NULL REFERENCES project,
        person_id text NOT NULL REFERENCES person,
        hash bytea NOT NULL UNIQUE,
        display text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        revoked_at timestamptz
      )`.execute(db);
    await sql`
      CREATE TABLE template (
        id text PRIMARY KEY,
        project_id text NOT NULL REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        version integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz
      )`.execute(db);
    await sql`CREATE INDEX template_of_project ON template (project_id, ordinal DESC) WHERE deleted_at IS NULL`.execute(
      db,
    );
    await sql`
      CREATE TABLE template_version (
        template_id text NOT NULL REFERENCES template,
        version integer NOT NULL,
        name text NOT NULL,
        document json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL REFERENCES person,
        PRIMARY KEY (template_id, version)
      )`.execute(db);
  },
};
