import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sign-in, sessions, invites, and keys that people make themselves. */
export const m0005: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      ALTER TABLE person
        ADD COLUMN ordinal bigint GENERATED ALWAYS AS IDENTITY,
        ADD COLUMN email text,
        ADD COLUMN password text,
        ADD COLUMN issuer text,
        ADD COLUMN subject text,
        ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now()`.execute(db);
    // Whoever signs in gives no workspace: an address is one person's on the whole server.
    await sql`CREATE UNIQUE INDEX person_email ON person (email) WHERE removed_at IS NULL`.execute(db);
    await sql`CREATE UNIQUE INDEX person_subject ON person (issuer, subject) WHERE removed_at IS NULL`.execute(db);
    await sql`CREATE INDEX person_of_workspace ON person (workspace_id, ordinal DESC)`.execute(db);
    await sql`
      ALTER TABLE project
        ADD COLUMN ordinal bigint GENERATED ALWAYS AS IDENTITY,
        ADD COLUMN deleted_at timestamptz`.execute(db);
    await sql`CREATE INDEX project_of_workspace ON project (workspace_id, ordinal DESC)`.execute(db);
    await sql`ALTER TABLE api_key ADD COLUMN ordinal bigint GENERATED ALWAYS AS IDENTITY`.execute(db);
    await sql`CREATE INDEX api_key_of_workspace ON api_key (workspace_id, ordinal DESC)`.execute(db);
    await sql`CREATE INDEX api_key_of_person ON api_key (person_id)`.execute(db);
    // Until now only starts made keys: of the owner, for the first project. They are for the whole workspace.
    await sql`
      UPDATE api_key SET project_id = NULL
        FROM person WHERE person.id = api_key.person_id AND person.role = 'owner'`.execute(db);
    await sql`
      CREATE TABLE invite (
        id text PRIMARY KEY,
        ordinal bigint GENERATED ALWAYS AS IDENTITY,
        workspace_id text NOT NULL REFERENCES workspace,
        role text NOT NULL CHECK (role IN ('viewer', 'member', 'admin', 'owner')),
        email text,
        hash bytea NOT NULL UNIQUE,
        created_by text NOT NULL REFERENCES person,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`.execute(db);
    await sql`CREATE INDEX invite_of_workspace ON invite (workspace_id, ordinal DESC)`.execute(db);
    await sql`
      CREATE TABLE session (
        id text PRIMARY KEY,
        ordinal bigint GENERATED ALWAYS AS IDENTITY,
        workspace_id text NOT NULL REFERENCES workspace,
        person_id text NOT NULL REFERENCES person,
        hash bytea NOT NULL UNIQUE,
        agent text NOT NULL,
        address text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`.execute(db);
    await sql`CREATE INDEX session_of_person ON session (person_id)`.execute(db);
    await sql`
      CREATE TABLE sign_in_attempt (
        ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        subject bytea NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`.execute(db);
    await sql`CREATE INDEX sign_in_attempt_of_subject ON sign_in_attempt (subject, at)`.execute(db);
    await sql`CREATE INDEX sign_in_attempt_age ON sign_in_attempt (at)`.execute(db);
    await sql`CREATE INDEX audit_entry_by_action ON audit_entry (workspace_id, action, ordinal DESC)`.execute(db);
    await sql`CREATE INDEX audit_entry_by_person ON audit_entry (workspace_id, person_id, ordinal DESC)`.execute(db);
    await sql`CREATE INDEX audit_entry_by_subject ON audit_entry (workspace_id, subject_id, ordinal DESC)`.execute(db);
    await sql`CREATE INDEX audit_entry_by_time ON audit_entry (workspace_id, at)`.execute(db);
    await sql`
      CREATE FUNCTION refuse_deleted_project() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM project WHERE id = NEW.project_id AND deleted_at IS NULL FOR KEY SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the project is deleted' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'project_is_there';
        END IF;
        RETURN NEW;
      END $$`.execute(db);
    await keepOutOfDeletedProjects(db, 'template');
    for (const table of ['project', 'person', 'api_key', 'invite', 'session']) await guardOnceNamed(db, table);
  },
};

/**
 * Lets nothing come into a project that is deleted, nor one be deleted that something is just coming into: for each table
 * with what may be in a project.
 */
export async function keepOutOfDeletedProjects(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`
    CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON ${sql.table(table)}
      FOR EACH ROW EXECUTE FUNCTION refuse_deleted_project()`.execute(db);
}

/**
 * Like `guard`, for tables by which the workspace of a request is found out: all rows exist until a transaction names a
 * workspace, then only those of it.
 */
async function guardOnceNamed(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.table(table);
  await sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`.execute(db);
  await sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`.execute(db);
  await sql`
    CREATE POLICY of_workspace ON ${name}
      USING ((SELECT coalesce(current_setting('datamaker.workspace', true), '')) IN ('', workspace_id))
      WITH CHECK ((SELECT coalesce(current_setting('datamaker.workspace', true), '')) IN ('', workspace_id))`.execute(
    db,
  );
}
