import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';

/** Secrets: values sealed with keys of their workspaces, which are wrapped with a master key that is not in the database. */
export const m0008: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // The master keys that something is wrapped with, by their ids; the newest wraps what is new.
    await sql`
      CREATE TABLE master_key (
        id text PRIMARY KEY,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`.execute(db);
    await sql`
      CREATE TABLE data_key (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        master_key_id text NOT NULL REFERENCES master_key,
        wrapped bytea NOT NULL,
        uses bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        retired_at timestamptz,
        UNIQUE (workspace_id, id)
      )`.execute(db);
    await sql`CREATE UNIQUE INDEX data_key_current ON data_key (workspace_id) WHERE retired_at IS NULL`.execute(db);
    await sql`
      CREATE TABLE secret (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        kind text NOT NULL CHECK (kind IN ('user', 'connection')),
        name text COLLATE "C" NOT NULL CHECK (kind <> 'user' OR name ~ '^[A-Z][A-Z0-9_]{0,63}$'),
        version integer NOT NULL,
        data_key_id text NOT NULL,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by text NOT NULL,
        last_used_at timestamptz,
        FOREIGN KEY (workspace_id, data_key_id) REFERENCES data_key (workspace_id, id)
      )`.execute(db);
    // Unique beside each other; one of a project goes before one of the workspace.
    await sql`
      CREATE UNIQUE INDEX secret_of_project ON secret (project_id, name)
        WHERE kind = 'user' AND project_id IS NOT NULL`.execute(db);
    await sql`
      CREATE UNIQUE INDEX secret_of_workspace ON secret (workspace_id, name)
        WHERE kind = 'user' AND project_id IS NULL`.execute(db);
    await sql`CREATE INDEX secret_by_data_key ON secret (data_key_id)`.execute(db);
    for (const table of ['data_key', 'secret']) await guard(db, table);
    await sql`
      CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON secret
        FOR EACH ROW WHEN (NEW.project_id IS NOT NULL) EXECUTE FUNCTION refuse_deleted_project()`.execute(db);
  },
};
