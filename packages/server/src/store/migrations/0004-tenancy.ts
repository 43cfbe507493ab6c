import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Tables whose rows belong to a workspace, by their column `workspace_id`. */
const TENANT_TABLES = ['template', 'template_version', 'audit_entry', 'request_claim'];

/**
 * Roles, limits of keys, the audit, requests that may be repeated; and the wall between workspaces: the database shows rows
 * of the workspace that a transaction names, and none when it names none.
 */
export const m0004: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      ALTER TABLE workspace
        ADD COLUMN plan text NOT NULL DEFAULT 'self-hosted',
        ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now()`.execute(db);
    await sql`ALTER TABLE project ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now()`.execute(db);
    await sql`ALTER TABLE person ADD COLUMN removed_at timestamptz`.execute(db);
    await sql`ALTER TABLE person DROP CONSTRAINT person_role_check`.execute(db);
    await sql`
      ALTER TABLE person
        ADD CONSTRAINT person_role_check CHECK (role IN ('viewer', 'member', 'admin', 'owner'))`.execute(db);
    await sql`
      ALTER TABLE api_key
        ALTER COLUMN project_id DROP NOT NULL,
        ADD COLUMN name text NOT NULL DEFAULT '',
        ADD COLUMN read_only boolean NOT NULL DEFAULT false,
        ADD COLUMN expires_at timestamptz`.execute(db);
    await sql`ALTER TABLE template ADD COLUMN workspace_id text REFERENCES workspace`.execute(db);
    await sql`
      UPDATE template SET workspace_id = project.workspace_id
        FROM project WHERE project.id = template.project_id`.execute(db);
    await sql`ALTER TABLE template ALTER COLUMN workspace_id SET NOT NULL`.execute(db);
    await sql`ALTER TABLE template_version ADD COLUMN workspace_id text REFERENCES workspace`.execute(db);
    await sql`
      UPDATE template_version SET workspace_id = template.workspace_id
        FROM template WHERE template.id = template_version.template_id`.execute(db);
    await sql`ALTER TABLE template_version ALTER COLUMN workspace_id SET NOT NULL`.execute(db);
    await sql`
      CREATE TABLE audit_entry (
        ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id text NOT NULL UNIQUE,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text,
        at timestamptz NOT NULL DEFAULT now(),
        person_id text,
        credential_id text,
        action text NOT NULL,
        subject_id text,
        details json NOT NULL,
        request_id text
      )`.execute(db);
    await sql`CREATE INDEX audit_entry_of_workspace ON audit_entry (workspace_id, ordinal DESC)`.execute(db);
    await sql`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'entries of the audit are never changed';
      END $$`.execute(db);
    await sql`
      CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
        EXECUTE FUNCTION refuse_change()`.execute(db);
    // Written in the transaction of what the request does: there is an answer exactly when there is an effect.
    await sql`
      CREATE TABLE request_claim (
        workspace_id text NOT NULL REFERENCES workspace,
        person_id text NOT NULL,
        route text NOT NULL,
        request_key text NOT NULL,
        request_hash bytea NOT NULL,
        status integer,
        headers json,
        body bytea,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (workspace_id, person_id, route, request_key)
      )`.execute(db);
    await sql`CREATE INDEX request_claim_age ON request_claim (created_at)`.execute(db);
    for (const table of TENANT_TABLES) await guard(db, table);
  },
};

/** Shows rows of a table only to transactions that name their workspace; also to the owner of the table. */
export async function guard(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.table(table);
  await sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`.execute(db);
  await sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`.execute(db);
  await sql`
    CREATE POLICY of_workspace ON ${name}
      USING (workspace_id = (SELECT current_setting('datamaker.workspace', true)))
      WITH CHECK (workspace_id = (SELECT current_setting('datamaker.workspace', true)))`.execute(db);
}
