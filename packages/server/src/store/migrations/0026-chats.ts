import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { guard } from './0004-tenancy.ts';
import { keepOutOfDeletedProjects } from './0005-people.ts';

/** Conversations with the agent: what was said and done, who let it be done, and which tools a workspace gives it. */
export const m0026: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      CREATE TABLE chat (
        id text PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES workspace,
        project_id text NOT NULL REFERENCES project,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        name text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        mode text CHECK (mode IN ('chat', 'agent')),
        permits json NOT NULL,
        last_seq bigint NOT NULL DEFAULT 0,
        input_tokens bigint NOT NULL DEFAULT 0,
        output_tokens bigint NOT NULL DEFAULT 0,
        model_calls bigint NOT NULL DEFAULT 0,
        cost numeric NOT NULL DEFAULT 0,
        created_by text NOT NULL REFERENCES person,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        purge_at timestamptz,
        CHECK ((deleted_at IS NULL) = (purge_at IS NULL))
      )`.execute(db);
    await sql`CREATE INDEX chat_of_project ON chat (project_id, ordinal) WHERE deleted_at IS NULL`.execute(db);
    await sql`CREATE INDEX chat_of_workspace ON chat (workspace_id, purge_at)`.execute(db);
    await sql`
      CREATE TABLE chat_turn (
        id text PRIMARY KEY,
        chat_id text NOT NULL REFERENCES chat ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        state text NOT NULL CHECK (state IN ('running', 'waiting', 'done', 'failed', 'stopped', 'lost')),
        person_id text NOT NULL REFERENCES person,
        credential text NOT NULL CHECK (credential IN ('key', 'session')),
        credential_id text NOT NULL,
        read_only boolean NOT NULL,
        request_id text NOT NULL,
        token text,
        lease_until timestamptz,
        stop_asked boolean NOT NULL DEFAULT false,
        tainted boolean NOT NULL DEFAULT false,
        step_count integer NOT NULL DEFAULT 0,
        token_count bigint NOT NULL DEFAULT 0,
        cost numeric NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        CHECK ((state IN ('running', 'waiting')) = (ended_at IS NULL)),
        CHECK ((state = 'running') = (token IS NOT NULL AND lease_until IS NOT NULL))
      )`.execute(db);
    // One at a time, whichever server works on it.
    await sql`CREATE UNIQUE INDEX chat_turn_open ON chat_turn (chat_id) WHERE ended_at IS NULL`.execute(db);
    await sql`CREATE INDEX chat_turn_of_workspace ON chat_turn (workspace_id, lease_until)`.execute(db);
    await sql`
      CREATE TABLE chat_event (
        chat_id text NOT NULL REFERENCES chat ON DELETE CASCADE,
        seq bigint NOT NULL,
        workspace_id text NOT NULL REFERENCES workspace,
        turn_id text NOT NULL REFERENCES chat_turn ON DELETE CASCADE,
        type text NOT NULL,
        data json NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (chat_id, seq)
      )`.execute(db);
    await sql`CREATE INDEX chat_event_of_workspace ON chat_event (workspace_id)`.execute(db);
    await sql`
      CREATE TABLE chat_approval (
        id text PRIMARY KEY,
        chat_id text NOT NULL REFERENCES chat ON DELETE CASCADE,
        turn_id text NOT NULL REFERENCES chat_turn ON DELETE CASCADE,
        workspace_id text NOT NULL REFERENCES workspace,
        person_id text NOT NULL REFERENCES person,
        call_id text NOT NULL,
        tool text NOT NULL,
        arguments text NOT NULL,
        arguments_hash bytea NOT NULL,
        state text NOT NULL CHECK (state IN ('wanted', 'approved', 'used', 'refused', 'ended')),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        decided_at timestamptz,
        used_at timestamptz
      )`.execute(db);
    await sql`CREATE INDEX chat_approval_of_turn ON chat_approval (turn_id)`.execute(db);
    await sql`CREATE INDEX chat_approval_of_workspace ON chat_approval (workspace_id)`.execute(db);
    await sql`
      CREATE TABLE agent_permission (
        workspace_id text NOT NULL REFERENCES workspace,
        tool text NOT NULL,
        permission text NOT NULL CHECK (permission IN ('allow', 'ask', 'off')),
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by text NOT NULL REFERENCES person,
        PRIMARY KEY (workspace_id, tool)
      )`.execute(db);
    for (const table of ['chat', 'chat_turn', 'chat_event', 'chat_approval', 'agent_permission']) {
      await guard(db, table);
    }
    await keepOutOfDeletedProjects(db, 'chat');
  },
};
