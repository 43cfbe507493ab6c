SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      BEGIN
        RAISE EXCEPTION 'entries of the audit are never changed';
      END $$;
CREATE FUNCTION public.refuse_deleted_project() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      BEGIN
        PERFORM FROM project WHERE id = NEW.project_id AND deleted_at IS NULL FOR KEY SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the project is deleted' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'project_is_there';
        END IF;
        RETURN NEW;
      END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.agent_permission (
    workspace_id text NOT NULL,
    tool text NOT NULL,
    permission text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_by text NOT NULL,
    CONSTRAINT agent_permission_permission_check CHECK ((permission = ANY (ARRAY['allow'::text, 'ask'::text, 'off'::text])))
);
ALTER TABLE ONLY public.agent_permission FORCE ROW LEVEL SECURITY;
CREATE TABLE public.api_key (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text,
    person_id text NOT NULL,
    hash bytea NOT NULL,
    display text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    name text DEFAULT ''::text NOT NULL,
    read_only boolean DEFAULT false NOT NULL,
    expires_at timestamp with time zone,
    ordinal bigint NOT NULL,
    scopes text[],
    CONSTRAINT api_key_scopes_check CHECK (((scopes <@ ARRAY['read'::text, 'generate'::text, 'run'::text, 'push'::text, 'admin'::text]) AND (cardinality(scopes) > 0)))
);
ALTER TABLE ONLY public.api_key FORCE ROW LEVEL SECURITY;
ALTER TABLE public.api_key ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.api_key_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.audit_entry (
    ordinal bigint NOT NULL,
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    person_id text,
    credential_id text,
    action text NOT NULL,
    subject_id text,
    details json NOT NULL,
    request_id text
);
ALTER TABLE ONLY public.audit_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE public.audit_entry ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_entry_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.chat (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    name text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    mode text,
    permits json NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    input_tokens bigint DEFAULT 0 NOT NULL,
    output_tokens bigint DEFAULT 0 NOT NULL,
    model_calls bigint DEFAULT 0 NOT NULL,
    cost numeric DEFAULT 0 NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    purge_at timestamp with time zone,
    CONSTRAINT chat_check CHECK (((deleted_at IS NULL) = (purge_at IS NULL))),
    CONSTRAINT chat_mode_check CHECK ((mode = ANY (ARRAY['chat'::text, 'agent'::text])))
);
ALTER TABLE ONLY public.chat FORCE ROW LEVEL SECURITY;
CREATE TABLE public.chat_approval (
    id text NOT NULL,
    chat_id text NOT NULL,
    turn_id text NOT NULL,
    workspace_id text NOT NULL,
    person_id text NOT NULL,
    call_id text NOT NULL,
    tool text NOT NULL,
    arguments text NOT NULL,
    arguments_hash bytea NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    used_at timestamp with time zone,
    CONSTRAINT chat_approval_state_check CHECK ((state = ANY (ARRAY['wanted'::text, 'approved'::text, 'used'::text, 'refused'::text, 'ended'::text])))
);
ALTER TABLE ONLY public.chat_approval FORCE ROW LEVEL SECURITY;
CREATE TABLE public.chat_event (
    chat_id text NOT NULL,
    seq bigint NOT NULL,
    workspace_id text NOT NULL,
    turn_id text NOT NULL,
    type text NOT NULL,
    data json NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.chat_event FORCE ROW LEVEL SECURITY;
ALTER TABLE public.chat ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.chat_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.chat_turn (
    id text NOT NULL,
    chat_id text NOT NULL,
    workspace_id text NOT NULL,
    ordinal bigint NOT NULL,
    state text NOT NULL,
    person_id text NOT NULL,
    credential text NOT NULL,
    credential_id text NOT NULL,
    read_only boolean NOT NULL,
    request_id text NOT NULL,
    token text,
    lease_until timestamp with time zone,
    stop_asked boolean DEFAULT false NOT NULL,
    tainted boolean DEFAULT false NOT NULL,
    step_count integer DEFAULT 0 NOT NULL,
    token_count bigint DEFAULT 0 NOT NULL,
    cost numeric DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT chat_turn_check CHECK (((state = ANY (ARRAY['running'::text, 'waiting'::text])) = (ended_at IS NULL))),
    CONSTRAINT chat_turn_check1 CHECK (((state = 'running'::text) = ((token IS NOT NULL) AND (lease_until IS NOT NULL)))),
    CONSTRAINT chat_turn_credential_check CHECK ((credential = ANY (ARRAY['key'::text, 'session'::text]))),
    CONSTRAINT chat_turn_state_check CHECK ((state = ANY (ARRAY['running'::text, 'waiting'::text, 'done'::text, 'failed'::text, 'stopped'::text, 'lost'::text])))
);
ALTER TABLE ONLY public.chat_turn FORCE ROW LEVEL SECURITY;
ALTER TABLE public.chat_turn ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.chat_turn_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.column_mapping (
    template_id text NOT NULL,
    connection_id text NOT NULL,
    workspace_id text NOT NULL,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    columns json NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_by text NOT NULL
);
ALTER TABLE ONLY public.column_mapping FORCE ROW LEVEL SECURITY;
CREATE TABLE public.connection (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    version integer DEFAULT 1 NOT NULL,
    type text NOT NULL,
    config json NOT NULL,
    read_only boolean DEFAULT false NOT NULL,
    secret_id text,
    secret_ref text,
    verification json,
    verified_at timestamp with time zone,
    catalogue bytea,
    catalogue_names json,
    catalogue_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamp with time zone,
    purge_at timestamp with time zone,
    CONSTRAINT connection_purged_when_deleted CHECK (((deleted_at IS NULL) = (purge_at IS NULL)))
);
ALTER TABLE ONLY public.connection ALTER COLUMN catalogue SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.connection FORCE ROW LEVEL SECURITY;
ALTER TABLE public.connection ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.connection_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.counter (
    project_id text NOT NULL,
    name text NOT NULL,
    workspace_id text NOT NULL,
    ordinal bigint NOT NULL,
    value bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT counter_value_check CHECK (((value >= 0) AND (value <= '9007199254740991'::bigint)))
);
ALTER TABLE ONLY public.counter FORCE ROW LEVEL SECURITY;
ALTER TABLE public.counter ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.counter_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.data_key (
    id text NOT NULL,
    workspace_id text NOT NULL,
    master_key_id text NOT NULL,
    wrapped bytea NOT NULL,
    uses bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    retired_at timestamp with time zone
);
ALTER TABLE ONLY public.data_key FORCE ROW LEVEL SECURITY;
CREATE TABLE public.datagen_answer (
    key_id text NOT NULL,
    request_key bytea NOT NULL,
    request_hash bytea NOT NULL,
    claim uuid NOT NULL,
    recipe json,
    lease_until timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.datagen_answer FORCE ROW LEVEL SECURITY;
CREATE TABLE public.datagen_contract (
    owner text NOT NULL,
    id text NOT NULL,
    hash text NOT NULL,
    document json NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.datagen_contract FORCE ROW LEVEL SECURITY;
CREATE TABLE public.datagen_key (
    id text NOT NULL,
    hash bytea NOT NULL,
    display text NOT NULL,
    tier text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);
ALTER TABLE ONLY public.datagen_key FORCE ROW LEVEL SECURITY;
CREATE TABLE public.datagen_mint (
    id bigint NOT NULL,
    address bytea NOT NULL,
    minted_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.datagen_mint FORCE ROW LEVEL SECURITY;
ALTER TABLE public.datagen_mint ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.datagen_mint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.datagen_usage (
    key_id text NOT NULL,
    day date NOT NULL,
    calls integer NOT NULL,
    records bigint NOT NULL
);
ALTER TABLE ONLY public.datagen_usage FORCE ROW LEVEL SECURITY;
CREATE TABLE public.file_blob (
    id text NOT NULL,
    workspace_id text NOT NULL,
    state text NOT NULL,
    byte_count bigint NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT file_blob_state_check CHECK ((state = ANY (ARRAY['writing'::text, 'kept'::text, 'doomed'::text])))
);
ALTER TABLE ONLY public.file_blob FORCE ROW LEVEL SECURITY;
CREATE TABLE public.generation_job (
    run_id text NOT NULL,
    workspace_id text NOT NULL,
    recipe json NOT NULL,
    sink text NOT NULL,
    part_count integer NOT NULL,
    engine_version text NOT NULL,
    plan_sha256 bytea NOT NULL,
    about json NOT NULL,
    CONSTRAINT generation_job_sink_check CHECK ((sink = ANY (ARRAY['files'::text, 'hash'::text])))
);
ALTER TABLE ONLY public.generation_job FORCE ROW LEVEL SECURITY;
CREATE TABLE public.generation_job_part (
    run_id text NOT NULL,
    number integer NOT NULL,
    workspace_id text NOT NULL,
    first_row bigint NOT NULL,
    end_row bigint NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    fault_count integer DEFAULT 0 NOT NULL,
    token text,
    lease_until timestamp with time zone,
    not_before timestamp with time zone,
    row_count bigint DEFAULT 0 NOT NULL,
    byte_count bigint,
    sha256 bytea,
    blob_id text,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT generation_job_part_check CHECK ((num_nulls(byte_count, sha256, ended_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT generation_job_part_check1 CHECK (((token IS NULL) OR (sha256 IS NULL))),
    CONSTRAINT generation_job_part_check2 CHECK (((blob_id IS NULL) OR (sha256 IS NOT NULL)))
);
ALTER TABLE ONLY public.generation_job_part FORCE ROW LEVEL SECURITY;
CREATE TABLE public.invite (
    id text NOT NULL,
    ordinal bigint NOT NULL,
    workspace_id text NOT NULL,
    role text NOT NULL,
    email text,
    hash bytea NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT invite_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'member'::text, 'admin'::text, 'owner'::text])))
);
ALTER TABLE ONLY public.invite FORCE ROW LEVEL SECURITY;
ALTER TABLE public.invite ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.invite_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kysely_migration (
    name character varying(255) NOT NULL,
    "timestamp" character varying(255) NOT NULL
);
CREATE TABLE public.kysely_migration_lock (
    id character varying(255) NOT NULL,
    is_locked integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.master_key (
    id text NOT NULL,
    ordinal bigint NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE public.master_key ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.master_key_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.model_answer (
    question bytea NOT NULL,
    answer text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    scope text
);
CREATE TABLE public.person (
    id text NOT NULL,
    workspace_id text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    removed_at timestamp with time zone,
    ordinal bigint NOT NULL,
    email text,
    password text,
    issuer text,
    subject text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT person_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'member'::text, 'admin'::text, 'owner'::text])))
);
ALTER TABLE ONLY public.person FORCE ROW LEVEL SECURITY;
ALTER TABLE public.person ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.project (
    id text NOT NULL,
    workspace_id text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    ordinal bigint NOT NULL,
    deleted_at timestamp with time zone
);
ALTER TABLE ONLY public.project FORCE ROW LEVEL SECURITY;
ALTER TABLE public.project ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.project_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.push_receipt (
    run_id text NOT NULL,
    workspace_id text NOT NULL,
    plan json NOT NULL,
    state json NOT NULL,
    holder text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    undo_run_id text,
    undone_at timestamp with time zone,
    values_blob_id text,
    values_bytes bigint,
    values_sha256 bytea,
    CONSTRAINT push_receipt_check CHECK ((num_nulls(values_blob_id, values_bytes, values_sha256) = ANY (ARRAY[0, 3])))
);
ALTER TABLE ONLY public.push_receipt FORCE ROW LEVEL SECURITY;
CREATE UNLOGGED TABLE public.request_bucket (
    name text NOT NULL,
    level double precision NOT NULL,
    at double precision NOT NULL,
    taken boolean NOT NULL
);
CREATE TABLE public.request_claim (
    workspace_id text NOT NULL,
    person_id text NOT NULL,
    route text NOT NULL,
    request_key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    headers json,
    body bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.request_claim FORCE ROW LEVEL SECURITY;
CREATE TABLE public.row_bucket (
    name text NOT NULL,
    level double precision NOT NULL,
    at double precision NOT NULL,
    taken boolean NOT NULL
);
CREATE TABLE public.row_reservation (
    id text NOT NULL,
    bucket text NOT NULL,
    reserved bigint NOT NULL,
    delivered bigint DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone NOT NULL
);
CREATE TABLE public.run (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    subject_id text NOT NULL,
    params json NOT NULL,
    recipe json,
    total_rows bigint NOT NULL,
    row_count bigint DEFAULT 0 NOT NULL,
    byte_count bigint DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    token text,
    lease_until timestamp with time zone,
    reservation_id text,
    max_bytes bigint,
    blob_id text,
    output json,
    error json,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    expires_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_by text NOT NULL,
    request_id text NOT NULL,
    result json,
    scopes text[],
    key_id text,
    CONSTRAINT run_check CHECK (((state = 'running'::text) = (token IS NOT NULL))),
    CONSTRAINT run_check1 CHECK (((state = ANY (ARRAY['queued'::text, 'running'::text])) = (ended_at IS NULL))),
    CONSTRAINT run_kind_check CHECK ((kind = ANY (ARRAY['generation'::text, 'scenario'::text, 'push'::text, 'seed'::text, 'undo'::text, 'generation_job'::text]))),
    CONSTRAINT run_scopes_check CHECK (((scopes <@ ARRAY['read'::text, 'generate'::text, 'run'::text, 'push'::text, 'admin'::text]) AND (cardinality(scopes) > 0))),
    CONSTRAINT run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'timeout'::text, 'lost'::text])))
);
ALTER TABLE ONLY public.run FORCE ROW LEVEL SECURITY;
CREATE TABLE public.run_log (
    run_id text NOT NULL,
    workspace_id text NOT NULL,
    writer text,
    line_count bigint DEFAULT 0 NOT NULL,
    byte_count bigint DEFAULT 0 NOT NULL,
    dropped_bytes bigint DEFAULT 0 NOT NULL,
    kept_days integer,
    expires_at timestamp with time zone,
    expired boolean DEFAULT false NOT NULL
);
ALTER TABLE ONLY public.run_log FORCE ROW LEVEL SECURITY;
CREATE TABLE public.run_log_chunk (
    run_id text NOT NULL,
    workspace_id text NOT NULL,
    first_byte bigint NOT NULL,
    byte_count integer NOT NULL,
    first_line bigint NOT NULL,
    line_count integer NOT NULL,
    blob_id text NOT NULL,
    sha256 bytea NOT NULL
);
ALTER TABLE ONLY public.run_log_chunk FORCE ROW LEVEL SECURITY;
ALTER TABLE public.run ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.run_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.run_record (
    run_id text NOT NULL,
    workspace_id text NOT NULL,
    blob_id text NOT NULL,
    byte_count bigint NOT NULL,
    sha256 bytea NOT NULL,
    call_count integer NOT NULL,
    incomplete text
);
ALTER TABLE ONLY public.run_record FORCE ROW LEVEL SECURITY;
CREATE TABLE public.saved_set (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    purge_at timestamp with time zone,
    CONSTRAINT set_purged_when_deleted CHECK (((deleted_at IS NULL) = (purge_at IS NULL)))
);
ALTER TABLE ONLY public.saved_set FORCE ROW LEVEL SECURITY;
ALTER TABLE public.saved_set ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.saved_set_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.scenario (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    purge_at timestamp with time zone,
    CONSTRAINT scenario_purged_when_deleted CHECK (((deleted_at IS NULL) = (purge_at IS NULL)))
);
ALTER TABLE ONLY public.scenario FORCE ROW LEVEL SECURITY;
ALTER TABLE public.scenario ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scenario_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.scenario_schedule (
    id text NOT NULL,
    workspace_id text NOT NULL,
    scenario_id text NOT NULL,
    ordinal bigint NOT NULL,
    cron text NOT NULL,
    time_zone text NOT NULL,
    params json NOT NULL,
    paused boolean DEFAULT false NOT NULL,
    next_at timestamp with time zone,
    last_at timestamp with time zone,
    last_run_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    scopes text[],
    key_id text,
    CONSTRAINT scenario_schedule_check CHECK ((paused = (next_at IS NULL))),
    CONSTRAINT scenario_schedule_scopes_check CHECK (((scopes <@ ARRAY['read'::text, 'generate'::text, 'run'::text, 'push'::text, 'admin'::text]) AND (cardinality(scopes) > 0)))
);
ALTER TABLE ONLY public.scenario_schedule FORCE ROW LEVEL SECURITY;
ALTER TABLE public.scenario_schedule ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scenario_schedule_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.scenario_version (
    scenario_id text NOT NULL,
    workspace_id text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    code text NOT NULL,
    settings json NOT NULL,
    needs json NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    environment json
);
ALTER TABLE ONLY public.scenario_version FORCE ROW LEVEL SECURITY;
CREATE TABLE public.secret (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text,
    ordinal bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    data_key_id text NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_by text NOT NULL,
    last_used_at timestamp with time zone,
    hosts text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT secret_check CHECK (((kind <> 'user'::text) OR (name ~ '^[A-Z][A-Z0-9_]{0,63}$'::text))),
    CONSTRAINT secret_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'connection'::text])))
);
ALTER TABLE ONLY public.secret FORCE ROW LEVEL SECURITY;
ALTER TABLE public.secret ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.secret_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.seed_receipt (
    run_id text NOT NULL,
    workspace_id text NOT NULL,
    target json NOT NULL,
    mode text NOT NULL,
    plan bytea NOT NULL,
    chunks json DEFAULT '[]'::json NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    undo_run_id text,
    undone_at timestamp with time zone,
    begun json,
    CONSTRAINT seed_receipt_mode_check CHECK ((mode = ANY (ARRAY['chunks'::text, 'transaction'::text])))
);
ALTER TABLE ONLY public.seed_receipt ALTER COLUMN plan SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.seed_receipt FORCE ROW LEVEL SECURITY;
CREATE TABLE public.session (
    id text NOT NULL,
    ordinal bigint NOT NULL,
    workspace_id text NOT NULL,
    person_id text NOT NULL,
    hash bytea NOT NULL,
    agent text NOT NULL,
    address text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.session FORCE ROW LEVEL SECURITY;
ALTER TABLE public.session ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.session_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.set_chunk (
    set_id text NOT NULL,
    workspace_id text NOT NULL,
    version integer NOT NULL,
    first_row bigint NOT NULL,
    row_count integer NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE ONLY public.set_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.set_chunk FORCE ROW LEVEL SECURITY;
CREATE TABLE public.set_version (
    set_id text NOT NULL,
    workspace_id text NOT NULL,
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
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    sensitive json
);
ALTER TABLE ONLY public.set_version FORCE ROW LEVEL SECURITY;
CREATE TABLE public.sign_in_attempt (
    ordinal bigint NOT NULL,
    subject bytea NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE public.sign_in_attempt ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sign_in_attempt_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.template (
    id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    workspace_id text NOT NULL,
    purge_at timestamp with time zone,
    CONSTRAINT template_purged_when_deleted CHECK (((deleted_at IS NULL) = (purge_at IS NULL)))
);
ALTER TABLE ONLY public.template FORCE ROW LEVEL SECURITY;
ALTER TABLE public.template ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.template_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.template_version (
    template_id text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    document json NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by text NOT NULL,
    workspace_id text NOT NULL
);
ALTER TABLE ONLY public.template_version FORCE ROW LEVEL SECURITY;
CREATE UNLOGGED TABLE public.worker (
    id text NOT NULL,
    kind text NOT NULL,
    host text NOT NULL,
    lanes text[] NOT NULL,
    master_key_id text NOT NULL,
    file_marker text NOT NULL,
    secret_mark text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    engine_version text,
    CONSTRAINT worker_kind_check CHECK ((kind = ANY (ARRAY['server'::text, 'worker'::text])))
);
CREATE TABLE public.workspace (
    id text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    plan text DEFAULT 'self-hosted'::text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    purge_at timestamp with time zone,
    purged_at timestamp with time zone,
    CONSTRAINT workspace_purged_when_deleted CHECK ((((deleted_at IS NULL) = (purge_at IS NULL)) AND ((purged_at IS NULL) OR (deleted_at IS NOT NULL))))
);
CREATE TABLE public.workspace_file (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    blob_id text NOT NULL,
    byte_count bigint NOT NULL,
    sha256 bytea NOT NULL,
    content_type text NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    uploaded_at timestamp with time zone DEFAULT now() NOT NULL,
    uploaded_by text NOT NULL
);
ALTER TABLE ONLY public.workspace_file FORCE ROW LEVEL SECURITY;
ALTER TABLE public.workspace_file ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.workspace_file_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
INSERT INTO public.agent_permission VALUES ('ws_one', 'undo_run', 'off', '2026-11-22 08:44:34.359445+00', 'usr_owner');
INSERT INTO public.api_key OVERRIDING SYSTEM VALUE VALUES ('key_member', 'ws_one', 'proj_one', 'usr_member', '\xff', 'dmk_member_b…', '2026-11-21 14:13:53.573582+00', '2026-01-02 03:04:05.678901+00', '2026-02-03 00:00:00+00', '', false, NULL, 2, NULL);
INSERT INTO public.api_key OVERRIDING SYSTEM VALUE VALUES ('key_two', 'ws_two', 'proj_two', 'usr_two', '\x02', 'dmk_admin_c…', '2026-11-21 14:13:53.573582+00', NULL, NULL, '', false, NULL, 3, NULL);
INSERT INTO public.api_key OVERRIDING SYSTEM VALUE VALUES ('key_viewer', 'ws_one', NULL, 'usr_viewer', '\x04', 'dmk_viewer_d…', '2026-11-21 14:14:00.232418+00', NULL, NULL, 'for reports', true, '2036-01-01 00:00:00+00', 4, NULL);
INSERT INTO public.api_key OVERRIDING SYSTEM VALUE VALUES ('key_scoped', 'ws_one', 'proj_one', 'usr_member', '\x05', 'dmk_member_e…', '2026-11-21 14:14:00.232418+00', NULL, NULL, 'for one project', false, NULL, 5, NULL);
INSERT INTO public.api_key OVERRIDING SYSTEM VALUE VALUES ('key_owner', 'ws_one', NULL, 'usr_owner', '\x0001fe', 'dmk_owner_a…', '2026-11-21 14:13:53.573582+00', NULL, NULL, '', false, NULL, 1, NULL);
INSERT INTO public.api_key OVERRIDING SYSTEM VALUE VALUES ('key_for_mcp', 'ws_one', NULL, 'usr_member', '\x27', 'dmk_member_g…', '2026-11-22 10:58:55.067031+00', NULL, NULL, 'for an editor', false, NULL, 6, '{read,generate}');
INSERT INTO public.audit_entry OVERRIDING SYSTEM VALUE VALUES (1, 'aud_one', 'ws_one', 'proj_one', '2026-11-21 14:14:00.232418+00', 'usr_owner', 'key_owner', 'template.created', 'tmpl_one', '{"name": "first"}', 'req_1');
INSERT INTO public.audit_entry OVERRIDING SYSTEM VALUE VALUES (2, 'aud_two', 'ws_two', NULL, '2026-11-21 14:14:00.232418+00', NULL, NULL, 'workspace.changed', NULL, '{}', NULL);
INSERT INTO public.audit_entry OVERRIDING SYSTEM VALUE VALUES (3, 'aud_export', 'ws_one', 'proj_one', '2026-03-09 00:00:00+00', 'usr_member', 'key_member', 'export.started', 'set_rows', '{"rows": 2}', 'req_3');
INSERT INTO public.chat OVERRIDING SYSTEM VALUE VALUES ('chat_one', 'ws_one', 'proj_one', 1, 'Ünïcode 🚲', 1, 'agent', '{"risks":["read"],"sensitive":false}', 1, 0, 0, 0, 0, 'usr_owner', '2026-11-22 08:44:34.359445+00', '2026-11-22 08:44:34.359445+00', NULL, NULL);
INSERT INTO public.chat_approval VALUES ('apr_one', 'chat_one', 'turn_one', 'ws_one', 'usr_owner', 'call_one', 'undo_run', '{}', '\x00ff', 'ended', '2026-11-22 08:44:34.359445+00', '2026-11-20 00:00:00+00', NULL, NULL);
INSERT INTO public.chat_event VALUES ('chat_one', 1, 'ws_one', 'turn_one', 'message', '{"text":"hello","mode":"agent"}', '2026-11-22 08:44:34.359445+00');
INSERT INTO public.chat_turn OVERRIDING SYSTEM VALUE VALUES ('turn_one', 'chat_one', 'ws_one', 1, 'done', 'usr_owner', 'key', 'key_one', false, 'req_one', NULL, NULL, false, false, 0, 0, 0, '2026-11-22 08:44:34.359445+00', '2026-11-20 00:00:00+00');
INSERT INTO public.column_mapping VALUES ('tmpl_purge', 'conn_one', 'ws_one', 'public', 'order', '{"id":"order_id","note":null}', '2026-11-21 18:27:46.061855+00', 'usr_owner');
INSERT INTO public.connection OVERRIDING SYSTEM VALUE VALUES ('conn_one', 'ws_one', 'proj_one', 1, 'Orders', 2, 'postgres', '{"url":"postgres://db.example.org:5432/orders","auth":{"type":"basic","username":"tester"},"options":{"schemas":["public"]}}', true, 'sec_of_conn', NULL, '{"status":"verified","problem":null,"message":null,"hint":null,"server":{"product":"PostgreSQL","version":"17.2","notes":[]},"at":"2026-03-09T00:00:00.000Z"}', '2026-03-09 00:00:00+00', '\x789cab562a494cca492d56b28a8ed551cacb2fc94c86706a0179460901', '[]', '2026-03-09 00:00:00+00', '2026-11-21 18:27:46.061855+00', 'usr_owner', '2026-11-21 18:27:46.061855+00', 'usr_owner', NULL, NULL);
INSERT INTO public.connection OVERRIDING SYSTEM VALUE VALUES ('conn_gone', 'ws_one', 'proj_one', 2, 'Orders', 1, 'rest', '{"url":"https://api.example.org/","auth":{"type":"bearer"},"options":{}}', false, NULL, 'sec_token', NULL, NULL, NULL, NULL, NULL, '2026-11-21 18:27:46.061855+00', 'usr_owner', '2026-11-21 18:27:46.061855+00', 'usr_owner', '2026-03-09 00:00:00+00', '2036-04-08 00:00:00+00');
INSERT INTO public.counter OVERRIDING SYSTEM VALUE VALUES ('proj_one', 'customer_seq', 'ws_one', 1, 4711, '2026-11-22 05:37:06.503207+00', '2026-11-22 05:37:06.503207+00');
INSERT INTO public.data_key VALUES ('dek_fzrjc1chpf1vv5j97m3w', 'ws_one', 'mk_a437119c572acc21', '\x3dbdc6688264a506d34b259a866cff1c2e6d70d898b70f62555c587787db2517cffb375782a4729218566090763dfd11ac31faa285bf7d4269b27bf8', 2, '2026-11-21 15:32:50.976862+00', NULL);
INSERT INTO public.data_key VALUES ('dek_ha8g0fmqatr98dt3g28v', 'ws_two', 'mk_a437119c572acc21', '\x4c03cb688117d3bcf0b7bd037dc14afbfe6b3d03e2cf6aba296ab54441ba3311a8d417bd40a75dbdc72cc05de08bc891fabee0e595e10d6126fdd6a6', 2, '2026-11-21 15:32:50.979619+00', NULL);
INSERT INTO public.datagen_answer VALUES ('dgk_one', '\x01', '\x02', '00000000-0000-4000-8000-000000000001', NULL, '2026-01-01 00:00:00+00', '2036-01-01 00:00:00+00');
INSERT INTO public.datagen_answer VALUES ('dgk_one', '\x03', '\x04', '00000000-0000-4000-8000-000000000002', '{"seed":"x"}', '2026-01-01 00:00:00+00', '2036-01-01 00:00:00+00');
INSERT INTO public.datagen_contract VALUES ('dgk_one', 'ctr_one', 'ab12', '{"columns": [ "email" ]}', '2026-11-21 14:13:56.240868+00', '2036-01-01 00:00:00+00');
INSERT INTO public.datagen_key VALUES ('dgk_one', '\x11', 'dg_free_a…', 'free', '2026-11-21 14:13:56.240868+00', '2036-01-01 00:00:00+00', NULL);
INSERT INTO public.datagen_key VALUES ('dgk_two', '\x12', 'dg_free_b…', 'free', '2026-11-21 14:13:56.240868+00', '2026-01-01 00:00:00+00', '2026-01-01 00:00:00+00');
INSERT INTO public.datagen_mint OVERRIDING SYSTEM VALUE VALUES (1, '\xaa', '2026-11-21 14:13:56.240868+00');
INSERT INTO public.datagen_mint OVERRIDING SYSTEM VALUE VALUES (2, '\xaa', '2026-11-21 14:13:56.240868+00');
INSERT INTO public.datagen_mint OVERRIDING SYSTEM VALUE VALUES (3, '\xbb', '2026-11-21 14:13:56.240868+00');
INSERT INTO public.datagen_usage VALUES ('dgk_one', '2026-02-28', 3, 9007199254740993);
INSERT INTO public.datagen_usage VALUES ('key_owner', '2026-03-01', 1, 0);
INSERT INTO public.file_blob VALUES ('blob_00000000000000000007', 'ws_00000000000000000007', 'kept', 5, '2026-11-21 15:32:49.715456+00');
INSERT INTO public.file_blob VALUES ('blob_00000000000000000008', 'ws_00000000000000000007', 'doomed', 9, '2026-11-21 15:32:49.715456+00');
INSERT INTO public.file_blob VALUES ('blob_00000000000000000009', 'ws_00000000000000000007', 'writing', 52428800, '2026-11-21 15:32:49.715456+00');
INSERT INTO public.file_blob VALUES ('blob_00000000000000000015', 'ws_00000000000000000007', 'kept', 5, '2026-11-22 03:34:54.45526+00');
INSERT INTO public.file_blob VALUES ('blob_00000000000000000022', 'ws_00000000000000000007', 'kept', 7, '2026-11-22 05:37:07.546965+00');
INSERT INTO public.file_blob VALUES ('blob_00000000000000000028', 'ws_00000000000000000007', 'kept', 7, '2026-11-22 12:01:35.544528+00');
INSERT INTO public.file_blob VALUES ('blob_00000000000000000030', 'ws_00000000000000000007', 'kept', 5, '2026-11-22 14:48:15.927004+00');
INSERT INTO public.generation_job VALUES ('run_parts', 'ws_00000000000000000007', '{"template":{"id":"tmpl_purge","name":"t","version":1,"document":{"fields":[{"name":"id","type":"sequence"}]}},"nested":[],"request":{"format":"csv","count":2},"seed":"s","now":1790000000000}', 'files', 2, '0.1.0', '\x00', '{"format":"csv","contentType":"text/csv; charset=utf-8","fileName":"tmpl_purge.csv","locale":"en","sensitive":[]}');
INSERT INTO public.generation_job_part VALUES ('run_parts', 1, 'ws_00000000000000000007', 0, 1, 1, 0, NULL, NULL, NULL, 1, 5, '\x7cde7fb64fd82bd152710cf238e017b9ab46c0592483edc067ba4f6c75fac108', 'blob_00000000000000000030', '2026-03-12 05:00:00+00', '2026-03-12 05:00:05+00');
INSERT INTO public.generation_job_part VALUES ('run_parts', 2, 'ws_00000000000000000007', 1, 2, 4, 4, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.invite OVERRIDING SYSTEM VALUE VALUES ('inv_one', 1, 'ws_one', 'member', NULL, '\x21', 'usr_owner', '2026-11-21 14:14:02.706944+00', '2036-01-01 00:00:00+00');
INSERT INTO public.invite OVERRIDING SYSTEM VALUE VALUES ('inv_two', 2, 'ws_two', 'viewer', 'a@example.org', '\x22', 'usr_two', '2026-11-21 14:14:02.706944+00', '2026-01-01 00:00:00+00');
INSERT INTO public.kysely_migration VALUES ('0001-first', '2026-11-21T14:13:53.554Z');
INSERT INTO public.kysely_migration VALUES ('0002-datagen', '2026-11-21T14:13:56.222Z');
INSERT INTO public.kysely_migration VALUES ('0003-model-answers', '2026-11-21T14:13:58.186Z');
INSERT INTO public.kysely_migration VALUES ('0004-tenancy', '2026-11-21T14:14:00.219Z');
INSERT INTO public.kysely_migration VALUES ('0005-people', '2026-11-21T14:14:02.694Z');
INSERT INTO public.kysely_migration VALUES ('0006-limits', '2026-11-21T14:14:04.611Z');
INSERT INTO public.kysely_migration VALUES ('0007-sets-and-files', '2026-11-21T15:32:49.707Z');
INSERT INTO public.kysely_migration VALUES ('0008-secrets', '2026-11-21T15:32:50.967Z');
INSERT INTO public.kysely_migration VALUES ('0009-runs', '2026-11-21T15:47:35.046Z');
INSERT INTO public.kysely_migration VALUES ('0010-purge', '2026-11-21T15:47:36.520Z');
INSERT INTO public.kysely_migration VALUES ('0011-audit-in-order-of-time', '2026-11-21T15:47:38.157Z');
INSERT INTO public.kysely_migration VALUES ('0012-connections', '2026-11-21T18:27:46.012Z');
INSERT INTO public.kysely_migration VALUES ('0013-seeds', '2026-11-21T21:13:56.613Z');
INSERT INTO public.kysely_migration VALUES ('0014-pushes', '2026-11-21T21:21:01.752Z');
INSERT INTO public.kysely_migration VALUES ('0016-receipts', '2026-11-22T01:23:35.866Z');
INSERT INTO public.kysely_migration VALUES ('0017-scenarios', '2026-11-22T03:34:54.446Z');
INSERT INTO public.kysely_migration VALUES ('0019-environments', '2026-11-22T05:37:04.696Z');
INSERT INTO public.kysely_migration VALUES ('0020-workers', '2026-11-22T05:37:05.578Z');
INSERT INTO public.kysely_migration VALUES ('0021-counters', '2026-11-22T05:37:06.493Z');
INSERT INTO public.kysely_migration VALUES ('0022-records-of-runs', '2026-11-22T05:37:07.536Z');
INSERT INTO public.kysely_migration VALUES ('0024-workspace-deletion', '2026-11-22T05:37:08.689Z');
INSERT INTO public.kysely_migration VALUES ('0026-chats', '2026-11-22T08:44:34.352Z');
INSERT INTO public.kysely_migration VALUES ('0027-scopes-of-keys', '2026-11-22T10:58:55.059Z');
INSERT INTO public.kysely_migration VALUES ('0028-values-of-pushes', '2026-11-22T12:01:35.537Z');
INSERT INTO public.kysely_migration VALUES ('0029-keys-behind-runs', '2026-11-22T12:30:20.058Z');
INSERT INTO public.kysely_migration VALUES ('0030-generation-jobs', '2026-11-22T14:48:15.900Z');
INSERT INTO public.kysely_migration VALUES ('0031-hosts-of-secrets', '2026-11-22T18:17:22.790Z');
INSERT INTO public.kysely_migration_lock VALUES ('migration_lock', 0);
INSERT INTO public.master_key OVERRIDING SYSTEM VALUE VALUES ('mk_a437119c572acc21', 1, '2026-11-21 15:32:50.976457+00');
INSERT INTO public.model_answer VALUES ('\x01', '{"type":"email"}', '2026-11-21 14:13:58.197152+00', NULL);
INSERT INTO public.model_answer VALUES ('\x02', 'ünïcode', '2026-11-21 14:13:58.197152+00', NULL);
INSERT INTO public.person OVERRIDING SYSTEM VALUE VALUES ('usr_two', 'ws_two', 'Two', 'admin', '2026-11-21 14:13:53.573582+00', NULL, 3, NULL, NULL, NULL, NULL, '2026-11-21 14:14:02.644847+00');
INSERT INTO public.person OVERRIDING SYSTEM VALUE VALUES ('usr_viewer', 'ws_one', 'Viewer', 'viewer', '2026-11-21 14:14:00.232418+00', NULL, 4, NULL, NULL, NULL, NULL, '2026-11-21 14:14:02.644847+00');
INSERT INTO public.person OVERRIDING SYSTEM VALUE VALUES ('usr_left', 'ws_one', 'Left', 'member', '2026-11-21 14:14:00.232418+00', '2026-03-01 00:00:00+00', 5, NULL, NULL, NULL, NULL, '2026-11-21 14:14:02.644847+00');
INSERT INTO public.person OVERRIDING SYSTEM VALUE VALUES ('usr_owner', 'ws_one', 'Owner', 'owner', '2026-11-21 14:13:53.573582+00', NULL, 1, 'owner@example.org', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', NULL, NULL, '2026-11-21 14:14:02.644847+00');
INSERT INTO public.person OVERRIDING SYSTEM VALUE VALUES ('usr_member', 'ws_one', 'Member', 'member', '2026-11-21 14:13:53.573582+00', NULL, 2, NULL, NULL, 'https://id.example.org', 'sub-1', '2026-11-21 14:14:02.644847+00');
INSERT INTO public.person OVERRIDING SYSTEM VALUE VALUES ('usr_seven', 'ws_00000000000000000007', 'Seven', 'owner', '2026-11-21 15:32:49.715456+00', NULL, 6, NULL, NULL, NULL, NULL, '2026-11-21 15:32:49.715456+00');
INSERT INTO public.project OVERRIDING SYSTEM VALUE VALUES ('proj_one', 'ws_one', 'Default', '2026-11-21 14:13:53.573582+00', '2026-11-21 14:14:00.189449+00', 1, NULL);
INSERT INTO public.project OVERRIDING SYSTEM VALUE VALUES ('proj_two', 'ws_two', 'Other', '2026-11-21 14:13:53.573582+00', '2026-11-21 14:14:00.189449+00', 2, NULL);
INSERT INTO public.project OVERRIDING SYSTEM VALUE VALUES ('proj_gone', 'ws_one', 'Gone', '2026-11-21 14:14:02.706944+00', '2026-11-21 14:14:02.706944+00', 3, '2026-03-05 00:00:00+00');
INSERT INTO public.project OVERRIDING SYSTEM VALUE VALUES ('proj_seven', 'ws_00000000000000000007', 'Default', '2026-11-21 15:32:49.715456+00', '2026-11-21 15:32:49.715456+00', 4, NULL);
INSERT INTO public.push_receipt VALUES ('run_push', 'ws_one', '{"from":0,"to":2,"table":{"schema":"public","name":"order"},"columns":{"id":"order_id"}}', '{"position":2,"sent":2,"written":2,"skipped":0,"failed":0,"unknown":0,"resent":0,"failures":[],"chunk":null,"keys":{"ranges":[],"others":[],"isComplete":true},"check":null}', 'worker', '2026-03-11 10:00:05+00', 'run_undo_push', '2026-03-11 11:00:05+00', NULL, NULL, NULL);
INSERT INTO public.push_receipt VALUES ('run_made', 'ws_00000000000000000007', '{"from":0,"to":2,"table":{"schema":"public","name":"order"},"columns":{"id":"order_id"}}', '{"position":2,"sent":2,"written":2,"skipped":0,"failed":0,"unknown":0,"resent":0,"failures":[],"chunk":null,"keys":{"ranges":[],"others":[],"isComplete":true},"check":null}', 'worker', '2026-03-11 10:00:05+00', NULL, NULL, 'blob_00000000000000000028', 7, '\x8839d4127b73fefc0324a5a1b27b6f5cce4bed7fab0b73ee7f138c64c47b2573');
INSERT INTO public.request_claim VALUES ('ws_one', 'usr_owner', 'POST /templates', 'k1', '\x01', 201, '{"etag": "\"1\""}', '\x7b7d', '2026-11-21 14:14:00.232418+00');
INSERT INTO public.request_claim VALUES ('ws_one', 'usr_owner', 'POST /templates', 'k2', '\x02', NULL, NULL, NULL, '2026-11-21 14:14:00.232418+00');
INSERT INTO public.row_bucket VALUES ('rows ws_one', 0.1, 1.7720000000000005e+15, true);
INSERT INTO public.row_reservation VALUES ('res_one', 'rows ws_one', 1000000000000, 7, '2026-01-01 00:00:00+00');
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_queued', 'ws_one', 'proj_one', 1, 'generation', 'queued', 'tmpl_one', '{"template_id":"tmpl_one","template_version":1,"from":0,"to":5,"format":"csv","seed":"s"}', '{"template":{"id":"tmpl_one","name":"queued","fields":[{"name":"id","type":"uuid"}]},"nested":[],"request":{"to":5,"format":"csv"},"seed":"s","now":1772000000000}', 5, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-21 15:47:35.110481+00', NULL, NULL, NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000001', NULL, NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_failed', 'ws_two', 'proj_two', 2, 'generation', 'failed', 'tmpl_two', '{}', NULL, 9, 3, 30, 3, NULL, NULL, NULL, NULL, NULL, NULL, '{"code":"worker_lost","message":"three workers died of it"}', '2026-11-21 15:47:35.110481+00', '2026-03-07 10:00:00+00', '2026-03-07 10:00:05+00', NULL, NULL, 'usr_two', 'req_00000000-0000-0000-0000-000000000002', NULL, NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_seed', 'ws_one', 'proj_one', 3, 'seed', 'done', 'conn_one', '{"connection_id":"conn_one","seed":"s","mode":"chunks"}', NULL, 2, 2, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-21 21:13:56.633897+00', '2026-03-10 10:00:00+00', '2026-03-10 10:00:05+00', NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000003', '{"rows":2,"tables":[{"table":"public.t","rows":2,"of":2}],"closing":false}', NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_undo', 'ws_one', 'proj_one', 4, 'undo', 'done', 'conn_one', '{"connection_id":"conn_one","undo_of":"run_seed","edited":"refuse"}', NULL, 2, 2, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-21 21:13:56.633897+00', '2026-03-10 11:00:00+00', '2026-03-10 11:00:05+00', NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000004', '{"done":true,"removed":2}', NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_push', 'ws_one', 'proj_one', 5, 'push', 'done', 'tmpl_purge', '{"template_id":"tmpl_purge","connection_id":"conn_one","table":"order","seed":"s"}', NULL, 2, 2, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-21 21:21:01.771826+00', '2026-03-11 10:00:00+00', '2026-03-11 10:00:05+00', NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000005', '{"written":2,"position":2}', NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_undo_push', 'ws_one', 'proj_one', 6, 'undo', 'done', 'conn_one', '{"connection_id":"conn_one","undo_of":"run_push","edited":"refuse"}', NULL, 2, 2, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22 01:23:35.891691+00', '2026-03-11 11:00:00+00', '2026-03-11 11:00:05+00', NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000007', '{"done":true,"removed":2}', NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_seed_doubt', 'ws_one', 'proj_one', 7, 'seed', 'failed', 'conn_one', '{"connection_id":"conn_one","seed":"s","mode":"chunks"}', NULL, 2, 0, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22 01:23:35.891691+00', '2026-03-12 10:00:00+00', '2026-03-12 10:00:05+00', NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000008', '{"rows":0,"tables":[],"closing":false}', NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_scenario', 'ws_one', 'proj_one', 8, 'scenario', 'done', 'scn_one', '{"scenario_version":2,"params":{"environment":"regression"}}', NULL, 0, 0, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22 03:34:54.45526+00', '2026-03-12 05:00:00+00', '2026-03-12 05:00:05+00', NULL, NULL, 'usr_owner', 'req_00000000-0000-0000-0000-000000000006', '{"attempts":[{"attempt":1,"started_at":"2026-03-12T05:00:00.000Z","ended_at":"2026-03-12T05:00:05.000Z","outcome":"done"}],"exit_code":0}', NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_logged', 'ws_00000000000000000007', 'proj_seven', 9, 'scenario', 'failed', 'scn_x', '{"scenario_version":1,"params":{}}', NULL, 0, 0, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, '{"code":"scenario_failed","message":"ValueError: x"}', '2026-11-22 03:34:54.45526+00', '2026-03-12 05:00:00+00', '2026-03-12 05:00:05+00', NULL, NULL, 'usr_seven', 'req_00000000-0000-0000-0000-000000000007', NULL, NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_made', 'ws_00000000000000000007', 'proj_seven', 10, 'push', 'done', 'tmpl_purge', '{"template_id":"tmpl_purge","connection_id":"conn_one","table":"order","seed":"s"}', NULL, 2, 2, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22 12:01:35.544528+00', '2026-03-12 05:00:00+00', '2026-03-12 05:00:05+00', NULL, NULL, 'usr_seven', 'req_00000000-0000-0000-0000-000000000007', '{"written":2,"position":2}', NULL, NULL);
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_by_key', 'ws_one', 'proj_one', 11, 'scenario', 'done', 'scn_one', '{"scenario_version":2,"params":{"environment":"regression"}}', NULL, 0, 0, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22 12:30:20.077936+00', '2026-03-12 05:00:00+00', '2026-03-12 05:00:05+00', NULL, NULL, 'usr_member', 'req_00000000-0000-0000-0000-000000000029', '{"attempts":[{"attempt":1,"started_at":"2026-03-12T05:00:00.000Z","ended_at":"2026-03-12T05:00:05.000Z","outcome":"done"}],"exit_code":0}', '{run}', 'key_for_mcp');
INSERT INTO public.run OVERRIDING SYSTEM VALUE VALUES ('run_parts', 'ws_00000000000000000007', 'proj_seven', 12, 'generation_job', 'failed', 'tmpl_purge', '{"template_id":"tmpl_purge","template_version":1,"format":"csv","count":2,"seed":"s","sink":"files","parts":2,"part_rows":1}', NULL, 2, 1, 5, 1, NULL, NULL, NULL, NULL, NULL, NULL, '{"code":"unavailable","message":"the file store cannot be reached at the moment; try again"}', '2026-11-22 14:48:15.927004+00', '2026-03-12 05:00:00+00', '2026-03-12 05:00:05+00', '2026-03-12 05:00:05+00', NULL, 'usr_seven', 'req_00000000-0000-0000-0000-000000000007', NULL, NULL, NULL);
INSERT INTO public.run_log VALUES ('run_logged', 'ws_00000000000000000007', NULL, 1, 5, 0, 90, '2036-06-10 05:00:05+00', false);
INSERT INTO public.run_log_chunk VALUES ('run_logged', 'ws_00000000000000000007', 0, 5, 0, 1, 'blob_00000000000000000015', '\xd117fa006ba9208500b2930ce69cbde436c647afa917cb7396a9bc9111a46dd2');
INSERT INTO public.run_record VALUES ('run_logged', 'ws_00000000000000000007', 'blob_00000000000000000022', 7, '\x59772b9c70d6cc244274937445f7c5b56ec6fe0a11292c4ed68848655515a1e6', 1, NULL);
INSERT INTO public.saved_set OVERRIDING SYSTEM VALUE VALUES ('set_rows', 'ws_one', 'proj_one', 1, 'reg_bp_de', 2, '2026-11-21 15:32:49.715456+00', '2026-11-21 15:32:49.715456+00', NULL, NULL);
INSERT INTO public.saved_set OVERRIDING SYSTEM VALUE VALUES ('set_gone', 'ws_one', 'proj_one', 3, 'reg_bp_de', 1, '2026-11-21 15:32:49.715456+00', '2026-11-21 15:32:49.715456+00', '2026-03-06 00:00:00+00', '2036-04-05 00:00:00+00');
INSERT INTO public.saved_set OVERRIDING SYSTEM VALUE VALUES ('set_made', 'ws_two', 'proj_two', 2, 'made', 2, '2026-11-21 15:32:49.715456+00', '2026-11-21 15:32:49.715456+00', NULL, NULL);
INSERT INTO public.scenario OVERRIDING SYSTEM VALUE VALUES ('scn_gone', 'ws_two', 'proj_two', 2, 1, 'Gone', '2026-11-22 03:34:54.45526+00', '2026-11-22 03:34:54.45526+00', '2026-03-12 00:00:00+00', '2036-04-11 00:00:00+00');
INSERT INTO public.scenario OVERRIDING SYSTEM VALUE VALUES ('scn_one', 'ws_one', 'proj_one', 1, 3, 'Regression seeding', '2026-11-22 03:34:54.45526+00', '2026-11-22 03:34:54.45526+00', NULL, NULL);
INSERT INTO public.scenario_schedule OVERRIDING SYSTEM VALUE VALUES ('sch_one', 'ws_one', 'scn_one', 1, '0 6 * * 1-5', 'Europe/Berlin', '{"environment":"regression"}', false, '2036-03-12 05:00:00+00', '2026-03-12 05:00:00+00', 'run_scenario', '2026-11-22 03:34:54.45526+00', 'usr_owner', '2026-11-22 03:34:54.45526+00', NULL, NULL);
INSERT INTO public.scenario_schedule OVERRIDING SYSTEM VALUE VALUES ('sch_by_key', 'ws_one', 'scn_one', 2, '0 7 * * *', 'UTC', '{}', true, NULL, NULL, NULL, '2026-11-22 12:30:20.077936+00', 'usr_member', '2026-11-22 12:30:20.077936+00', '{run}', 'key_for_mcp');
INSERT INTO public.scenario_version VALUES ('scn_one', 'ws_one', 1, 'Seeding', 'print("one")', '{"retryOnCrash":false,"timeoutSeconds":null}', '{"requirements":[],"requiresPython":null,"readBy":"3.12.4","problem":null}', '2026-11-22 03:34:54.45526+00', 'usr_owner', NULL);
INSERT INTO public.scenario_version VALUES ('scn_one', 'ws_one', 2, 'Regression seeding', '# requirements: arrow~=1.3', '{"retryOnCrash":true,"timeoutSeconds":60}', '{"requirements":["arrow~=1.3"],"requiresPython":null,"readBy":"3.12.4","problem":null}', '2026-11-22 03:34:54.45526+00', 'usr_owner', NULL);
INSERT INTO public.scenario_version VALUES ('scn_gone', 'ws_two', 1, 'Gone', 'print(', '{"retryOnCrash":false,"timeoutSeconds":null}', '{"requirements":[],"requiresPython":null,"readBy":null,"problem":{"message":"''('' was never closed","line":1,"column":6}}', '2026-11-22 03:34:54.45526+00', 'usr_two', NULL);
INSERT INTO public.scenario_version VALUES ('scn_one', 'ws_one', 3, 'Regression seeding', '# requirements: arrow~=1.3', '{"retryOnCrash":true,"timeoutSeconds":60}', '{"requirements":["arrow~=1.3"],"requiresPython":null,"readBy":"3.12.4","problem":null}', '2026-11-22 05:37:04.703922+00', 'usr_owner', '{"lock":{"python":"3.12","platform":"linux-x86_64","base":"2026-11","packages":[{"name":"arrow","version":"1.4.0","hashes":["74fb1f10dd21a1a1a4a1bdc3a1dd7dc2d07f1fa3f1c31d2a3b3a1d55d53b2f03"]}]},"problem":null}');
INSERT INTO public.secret OVERRIDING SYSTEM VALUE VALUES ('sec_of_all', 'ws_two', NULL, 2, 'user', 'OF_ALL', 2, 'dek_ha8g0fmqatr98dt3g28v', '\xc9c3a77e407224f3b571a664eff4b250b61833edb29508c78e56d8b6a2eccfd52136029263a2bab78e999e1a726e07', '2026-11-21 15:32:50.975844+00', 'usr_two', '2026-11-21 15:32:50.975844+00', 'usr_two', '2026-03-07 00:00:00+00', '{}');
INSERT INTO public.secret OVERRIDING SYSTEM VALUE VALUES ('sec_of_conn', 'ws_one', NULL, 3, 'connection', 'conn_one', 1, 'dek_fzrjc1chpf1vv5j97m3w', '\xff0cc229b735d26d7ff527dbed5f389c4dfeab606ace78a4545b0a17520176c93434c57b8f610105394d1f7feac626180e2b98e5', '2026-11-21 18:27:46.061855+00', 'usr_owner', '2026-11-21 18:27:46.061855+00', 'usr_owner', '2026-03-09 00:00:00+00', '{}');
INSERT INTO public.secret OVERRIDING SYSTEM VALUE VALUES ('sec_token', 'ws_one', 'proj_one', 1, 'user', 'TOKEN', 2, 'dek_fzrjc1chpf1vv5j97m3w', '\xc607c24d13efe8184e58eb809cbd40208f2053b18204ef812ec301b3548778d03f26a39dab5af2205f20f33f8a88', '2026-11-21 15:32:50.975844+00', 'usr_owner', '2026-11-21 15:32:50.975844+00', 'usr_owner', '2026-03-07 00:00:00+00', '{api.example.org:443}');
INSERT INTO public.seed_receipt VALUES ('run_seed', 'ws_one', '{"type":"postgres","url":"postgres://db.example.org:5432/orders"}', 'chunks', '\x789cab562a4e4d4d51b2522a56d251cacb2f57b232343737363436b33000011da592c4a49cd46225abe858a03c5069b14b6a5a6a5111484f5a624e71aa8e5241513e50492e584d2d00acdf18e9', '[{"table":"public.t","from":0,"to":2,"pass":"first"}]', '2026-03-10 10:00:05+00', 'run_undo', '2026-03-10 11:00:05+00', NULL);
INSERT INTO public.seed_receipt VALUES ('run_seed_doubt', 'ws_one', '{"type":"postgres","url":"postgres://db.example.org:5432/orders"}', 'chunks', '\x789cab562a4e4d4d51b2522a56d251cacb2f57b232343737363436b33000011da592c4a49cd46225abe858a03c5069b14b6a5a6a5111484f5a624e71aa8e5241513e50492e584d2d00acdf18e9', '[]', '2026-03-10 10:00:05+00', NULL, NULL, '{"table":"public.t","from":0,"to":2,"pass":"first"}');
INSERT INTO public.session OVERRIDING SYSTEM VALUE VALUES ('ses_one', 1, 'ws_one', 'usr_owner', '\x31', 'Mozilla/5.0', '192.0.2.1', '2026-11-21 14:14:02.706944+00', '2026-11-21 14:14:02.706944+00', '2036-01-01 00:00:00+00');
INSERT INTO public.set_chunk VALUES ('set_rows', 'ws_one', 2, 0, 2, '\x789cab56ca4c51b232d451ca4bcc4d55b252f23ebca4242355a996ab1a2c610493c82bcdc9a9e5020050ec0e86');
INSERT INTO public.set_version VALUES ('set_rows', 'ws_one', 1, 0, 0, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '["id"]', NULL, NULL, NULL, NULL, NULL, '2026-11-21 15:32:49.715456+00', 'usr_owner', NULL);
INSERT INTO public.set_version VALUES ('set_rows', 'ws_one', 2, 2, 46, '\x6f5f7f35a6cb2b8095f3e1e142665b6b159886b98915c0ba8ebafeac1ee7940c', '["id", "name"]', NULL, NULL, NULL, NULL, NULL, '2026-11-21 15:32:49.715456+00', 'usr_member', NULL);
INSERT INTO public.set_version VALUES ('set_gone', 'ws_one', 1, 0, 0, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '[]', NULL, NULL, NULL, NULL, NULL, '2026-11-21 15:32:49.715456+00', 'usr_owner', NULL);
INSERT INTO public.set_version VALUES ('set_made', 'ws_two', 1, 3, 27, '\x2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', '["e"]', 'tmpl_two', 1, '18446744073709551615', '0.1.0', '{"template":{"id":"tmpl_two","name":"of others","fields":[{"name":"e","type":"email"}]},"nested":{},"seed":"18446744073709551615","count":3,"now":1772000000000}', '2026-11-21 15:32:49.715456+00', 'usr_two', NULL);
INSERT INTO public.set_version VALUES ('set_made', 'ws_two', 2, 0, 0, '\x00', '["email", "n"]', NULL, NULL, NULL, NULL, NULL, '2026-11-21 15:47:36.532171+00', 'usr_two', '["email"]');
INSERT INTO public.sign_in_attempt OVERRIDING SYSTEM VALUE VALUES (1, '\x41', '2026-11-21 14:14:02.711653+00');
INSERT INTO public.sign_in_attempt OVERRIDING SYSTEM VALUE VALUES (2, '\x41', '2026-11-21 14:14:02.711794+00');
INSERT INTO public.template OVERRIDING SYSTEM VALUE VALUES ('tmpl_one', 'proj_one', 1, 2, '2026-11-21 14:13:53.573582+00', '2026-11-21 14:13:53.573582+00', NULL, 'ws_one', NULL);
INSERT INTO public.template OVERRIDING SYSTEM VALUE VALUES ('tmpl_two', 'proj_two', 3, 1, '2026-11-21 14:13:53.573582+00', '2026-11-21 14:13:53.573582+00', NULL, 'ws_two', NULL);
INSERT INTO public.template OVERRIDING SYSTEM VALUE VALUES ('tmpl_gone', 'proj_one', 2, 1, '2026-11-21 14:13:53.573582+00', '2026-11-21 14:13:53.573582+00', '2026-03-04 00:00:00+00', 'ws_one', '2026-12-21 15:47:36.508866+00');
INSERT INTO public.template OVERRIDING SYSTEM VALUE VALUES ('tmpl_purge', 'proj_one', 4, 1, '2026-11-21 15:47:36.532171+00', '2026-11-21 15:47:36.532171+00', '2026-03-08 00:00:00+00', 'ws_one', '2036-04-07 00:00:00+00');
INSERT INTO public.template_version VALUES ('tmpl_one', 1, 'first', '{"fields":[{"name":"id","type":"sequence"}]}', '2026-11-21 14:13:53.573582+00', 'usr_owner', 'ws_one');
INSERT INTO public.template_version VALUES ('tmpl_one', 2, 'line
break', '{ "fields" : [ {"type":"constant", "name":"x","options":{"value":"a\tb \\N"}} ] , "locale":"de"}', '2026-11-21 14:13:53.573582+00', 'usr_member', 'ws_one');
INSERT INTO public.template_version VALUES ('tmpl_gone', 1, 'gone', '{"fields":[]}', '2026-11-21 14:13:53.573582+00', 'usr_owner', 'ws_one');
INSERT INTO public.template_version VALUES ('tmpl_two', 1, 'of others', '{"fields":[{"name":"e","type":"email"}]}', '2026-11-21 14:13:53.573582+00', 'usr_two', 'ws_two');
INSERT INTO public.template_version VALUES ('tmpl_purge', 1, 'to be purged', '{"fields":[]}', '2026-11-21 15:47:36.532171+00', 'usr_owner', 'ws_one');
INSERT INTO public.workspace VALUES ('ws_one', 'My workspace', '2026-11-21 14:13:53.573582+00', 'self-hosted', '2026-11-21 14:14:00.189449+00', NULL, NULL, NULL);
INSERT INTO public.workspace VALUES ('ws_two', 'Ünïcode 🚲 ''quoted''', '2026-11-21 14:13:53.573582+00', 'free', '2026-11-21 14:14:00.189449+00', NULL, NULL, NULL);
INSERT INTO public.workspace VALUES ('ws_00000000000000000007', 'With files', '2026-11-21 15:32:49.715456+00', 'pro', '2026-11-21 15:32:49.715456+00', NULL, NULL, NULL);
INSERT INTO public.workspace VALUES ('ws_deleted', 'Deleted', '2026-11-22 05:37:08.696601+00', 'self-hosted', '2026-11-22 05:37:08.696601+00', '2026-03-12 00:00:00+00', '2036-04-11 00:00:00+00', NULL);
INSERT INTO public.workspace VALUES ('ws_purged', '', '2026-11-22 05:37:08.696601+00', 'self-hosted', '2026-11-22 05:37:08.696601+00', '2026-01-12 00:00:00+00', '2026-02-11 00:00:00+00', '2026-02-11 00:00:00+00');
INSERT INTO public.workspace_file OVERRIDING SYSTEM VALUE VALUES ('file_one', 'ws_00000000000000000007', 'proj_seven', 1, 'lookups/ids.csv', 'blob_00000000000000000007', 5, '\x7cde7fb64fd82bd152710cf238e017b9ab46c0592483edc067ba4f6c75fac108', 'text/csv; charset=utf-8', 'csv', '2026-11-21 15:32:49.715456+00', '2026-11-21 15:32:49.715456+00', 'usr_seven');
SELECT pg_catalog.setval('public.api_key_ordinal_seq', 6, true);
SELECT pg_catalog.setval('public.audit_entry_ordinal_seq', 3, true);
SELECT pg_catalog.setval('public.chat_ordinal_seq', 1, true);
SELECT pg_catalog.setval('public.chat_turn_ordinal_seq', 1, true);
SELECT pg_catalog.setval('public.connection_ordinal_seq', 2, true);
SELECT pg_catalog.setval('public.counter_ordinal_seq', 1, true);
SELECT pg_catalog.setval('public.datagen_mint_id_seq', 3, true);
SELECT pg_catalog.setval('public.invite_ordinal_seq', 2, true);
SELECT pg_catalog.setval('public.master_key_ordinal_seq', 1, true);
SELECT pg_catalog.setval('public.person_ordinal_seq', 6, true);
SELECT pg_catalog.setval('public.project_ordinal_seq', 4, true);
SELECT pg_catalog.setval('public.run_ordinal_seq', 12, true);
SELECT pg_catalog.setval('public.saved_set_ordinal_seq', 3, true);
SELECT pg_catalog.setval('public.scenario_ordinal_seq', 2, true);
SELECT pg_catalog.setval('public.scenario_schedule_ordinal_seq', 2, true);
SELECT pg_catalog.setval('public.secret_ordinal_seq', 3, true);
SELECT pg_catalog.setval('public.session_ordinal_seq', 1, true);
SELECT pg_catalog.setval('public.sign_in_attempt_ordinal_seq', 2, true);
SELECT pg_catalog.setval('public.template_ordinal_seq', 4, true);
SELECT pg_catalog.setval('public.workspace_file_ordinal_seq', 1, true);
ALTER TABLE ONLY public.agent_permission
    ADD CONSTRAINT agent_permission_pkey PRIMARY KEY (workspace_id, tool);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_id_key UNIQUE (id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (ordinal);
ALTER TABLE ONLY public.chat_approval
    ADD CONSTRAINT chat_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.chat_event
    ADD CONSTRAINT chat_event_pkey PRIMARY KEY (chat_id, seq);
ALTER TABLE ONLY public.chat
    ADD CONSTRAINT chat_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.chat
    ADD CONSTRAINT chat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.chat_turn
    ADD CONSTRAINT chat_turn_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.chat_turn
    ADD CONSTRAINT chat_turn_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.column_mapping
    ADD CONSTRAINT column_mapping_pkey PRIMARY KEY (template_id, connection_id);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT connection_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT connection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.counter
    ADD CONSTRAINT counter_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.counter
    ADD CONSTRAINT counter_pkey PRIMARY KEY (project_id, name);
ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_workspace_id_id_key UNIQUE (workspace_id, id);
ALTER TABLE ONLY public.datagen_answer
    ADD CONSTRAINT datagen_answer_pkey PRIMARY KEY (key_id, request_key);
ALTER TABLE ONLY public.datagen_contract
    ADD CONSTRAINT datagen_contract_owner_hash_key UNIQUE (owner, hash);
ALTER TABLE ONLY public.datagen_contract
    ADD CONSTRAINT datagen_contract_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY public.datagen_key
    ADD CONSTRAINT datagen_key_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.datagen_key
    ADD CONSTRAINT datagen_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.datagen_mint
    ADD CONSTRAINT datagen_mint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.datagen_usage
    ADD CONSTRAINT datagen_usage_pkey PRIMARY KEY (key_id, day);
ALTER TABLE ONLY public.file_blob
    ADD CONSTRAINT file_blob_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.generation_job_part
    ADD CONSTRAINT generation_job_part_blob_id_key UNIQUE (blob_id);
ALTER TABLE ONLY public.generation_job_part
    ADD CONSTRAINT generation_job_part_pkey PRIMARY KEY (run_id, number);
ALTER TABLE ONLY public.generation_job
    ADD CONSTRAINT generation_job_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kysely_migration_lock
    ADD CONSTRAINT kysely_migration_lock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kysely_migration
    ADD CONSTRAINT kysely_migration_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.master_key
    ADD CONSTRAINT master_key_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.master_key
    ADD CONSTRAINT master_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.model_answer
    ADD CONSTRAINT model_answer_pkey PRIMARY KEY (question);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.push_receipt
    ADD CONSTRAINT push_receipt_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY public.push_receipt
    ADD CONSTRAINT push_receipt_values_blob_id_key UNIQUE (values_blob_id);
ALTER TABLE ONLY public.request_bucket
    ADD CONSTRAINT request_bucket_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.request_claim
    ADD CONSTRAINT request_claim_pkey PRIMARY KEY (workspace_id, person_id, route, request_key);
ALTER TABLE ONLY public.row_bucket
    ADD CONSTRAINT row_bucket_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.row_reservation
    ADD CONSTRAINT row_reservation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_blob_id_key UNIQUE (blob_id);
ALTER TABLE ONLY public.run_log_chunk
    ADD CONSTRAINT run_log_chunk_blob_id_key UNIQUE (blob_id);
ALTER TABLE ONLY public.run_log_chunk
    ADD CONSTRAINT run_log_chunk_pkey PRIMARY KEY (run_id, first_byte);
ALTER TABLE ONLY public.run_log
    ADD CONSTRAINT run_log_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.run_record
    ADD CONSTRAINT run_record_blob_id_key UNIQUE (blob_id);
ALTER TABLE ONLY public.run_record
    ADD CONSTRAINT run_record_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY public.saved_set
    ADD CONSTRAINT saved_set_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.saved_set
    ADD CONSTRAINT saved_set_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scenario_schedule
    ADD CONSTRAINT scenario_schedule_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.scenario_schedule
    ADD CONSTRAINT scenario_schedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scenario_version
    ADD CONSTRAINT scenario_version_pkey PRIMARY KEY (scenario_id, version);
ALTER TABLE ONLY public.secret
    ADD CONSTRAINT secret_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.secret
    ADD CONSTRAINT secret_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.seed_receipt
    ADD CONSTRAINT seed_receipt_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.set_chunk
    ADD CONSTRAINT set_chunk_pkey PRIMARY KEY (set_id, version, first_row);
ALTER TABLE ONLY public.set_version
    ADD CONSTRAINT set_version_pkey PRIMARY KEY (set_id, version);
ALTER TABLE ONLY public.sign_in_attempt
    ADD CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (ordinal);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_pkey PRIMARY KEY (template_id, version);
ALTER TABLE ONLY public.worker
    ADD CONSTRAINT worker_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workspace_file
    ADD CONSTRAINT workspace_file_blob_id_key UNIQUE (blob_id);
ALTER TABLE ONLY public.workspace_file
    ADD CONSTRAINT workspace_file_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.workspace_file
    ADD CONSTRAINT workspace_file_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workspace_file
    ADD CONSTRAINT workspace_file_project_id_name_key UNIQUE (project_id, name);
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_pkey PRIMARY KEY (id);
CREATE INDEX api_key_of_person ON public.api_key USING btree (person_id);
CREATE INDEX api_key_of_workspace ON public.api_key USING btree (workspace_id, ordinal DESC);
CREATE INDEX audit_entry_by_action ON public.audit_entry USING btree (workspace_id, action, at, ordinal);
CREATE INDEX audit_entry_by_person ON public.audit_entry USING btree (workspace_id, person_id, at, ordinal);
CREATE INDEX audit_entry_by_person_and_action ON public.audit_entry USING btree (workspace_id, person_id, action, at, ordinal);
CREATE INDEX audit_entry_by_subject ON public.audit_entry USING btree (workspace_id, subject_id, at, ordinal);
CREATE INDEX audit_entry_by_time ON public.audit_entry USING btree (workspace_id, at, ordinal);
CREATE INDEX chat_approval_of_turn ON public.chat_approval USING btree (turn_id);
CREATE INDEX chat_approval_of_workspace ON public.chat_approval USING btree (workspace_id);
CREATE INDEX chat_event_of_workspace ON public.chat_event USING btree (workspace_id);
CREATE INDEX chat_of_project ON public.chat USING btree (project_id, ordinal) WHERE (deleted_at IS NULL);
CREATE INDEX chat_of_workspace ON public.chat USING btree (workspace_id, purge_at);
CREATE INDEX chat_turn_of_workspace ON public.chat_turn USING btree (workspace_id, lease_until);
CREATE UNIQUE INDEX chat_turn_open ON public.chat_turn USING btree (chat_id) WHERE (ended_at IS NULL);
CREATE INDEX column_mapping_of_connection ON public.column_mapping USING btree (connection_id);
CREATE UNIQUE INDEX connection_name ON public.connection USING btree (project_id, name) WHERE (deleted_at IS NULL);
CREATE INDEX connection_of_project ON public.connection USING btree (project_id, ordinal DESC);
CREATE INDEX connection_purge ON public.connection USING btree (purge_at) WHERE (purge_at IS NOT NULL);
CREATE INDEX counter_of_workspace ON public.counter USING btree (workspace_id);
CREATE UNIQUE INDEX data_key_current ON public.data_key USING btree (workspace_id) WHERE (retired_at IS NULL);
CREATE INDEX datagen_answer_expiry ON public.datagen_answer USING btree (expires_at);
CREATE INDEX datagen_contract_expiry ON public.datagen_contract USING btree (expires_at);
CREATE INDEX datagen_mint_of_address ON public.datagen_mint USING btree (address, minted_at);
CREATE INDEX file_blob_of_workspace ON public.file_blob USING btree (workspace_id, state);
CREATE INDEX generation_job_part_kept ON public.generation_job_part USING btree (workspace_id) WHERE (blob_id IS NOT NULL);
CREATE INDEX generation_job_part_open ON public.generation_job_part USING btree (run_id, number) WHERE (sha256 IS NULL);
CREATE INDEX invite_of_workspace ON public.invite USING btree (workspace_id, ordinal DESC);
CREATE UNIQUE INDEX person_email ON public.person USING btree (email) WHERE (removed_at IS NULL);
CREATE INDEX person_of_workspace ON public.person USING btree (workspace_id, ordinal DESC);
CREATE UNIQUE INDEX person_subject ON public.person USING btree (issuer, subject) WHERE (removed_at IS NULL);
CREATE INDEX project_of_workspace ON public.project USING btree (workspace_id, ordinal DESC);
CREATE INDEX push_receipt_undo ON public.push_receipt USING btree (undo_run_id) WHERE (undo_run_id IS NOT NULL);
CREATE INDEX request_claim_age ON public.request_claim USING btree (created_at);
CREATE INDEX row_reservation_lease ON public.row_reservation USING btree (lease_until);
CREATE INDEX run_expiry ON public.run USING btree (workspace_id, expires_at) WHERE (blob_id IS NOT NULL);
CREATE INDEX run_log_chunk_line ON public.run_log_chunk USING btree (run_id, first_line, first_byte);
CREATE INDEX run_log_expiry ON public.run_log USING btree (workspace_id, expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX run_of_project ON public.run USING btree (project_id, ordinal DESC) WHERE (deleted_at IS NULL);
CREATE INDEX run_of_subject ON public.run USING btree (subject_id, ordinal DESC) WHERE (deleted_at IS NULL);
CREATE INDEX run_under_way ON public.run USING btree (workspace_id, created_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE UNIQUE INDEX saved_set_name ON public.saved_set USING btree (project_id, name) WHERE (deleted_at IS NULL);
CREATE INDEX saved_set_of_project ON public.saved_set USING btree (project_id, ordinal DESC);
CREATE INDEX saved_set_purge ON public.saved_set USING btree (purge_at) WHERE (purge_at IS NOT NULL);
CREATE INDEX scenario_of_project ON public.scenario USING btree (project_id, ordinal DESC);
CREATE INDEX scenario_purge ON public.scenario USING btree (purge_at) WHERE (purge_at IS NOT NULL);
CREATE INDEX scenario_schedule_of ON public.scenario_schedule USING btree (scenario_id, ordinal DESC);
CREATE INDEX secret_by_data_key ON public.secret USING btree (data_key_id);
CREATE UNIQUE INDEX secret_of_project ON public.secret USING btree (project_id, name) WHERE ((kind = 'user'::text) AND (project_id IS NOT NULL));
CREATE UNIQUE INDEX secret_of_workspace ON public.secret USING btree (workspace_id, name) WHERE ((kind = 'user'::text) AND (project_id IS NULL));
CREATE INDEX seed_receipt_undo ON public.seed_receipt USING btree (undo_run_id) WHERE (undo_run_id IS NOT NULL);
CREATE INDEX session_of_person ON public.session USING btree (person_id);
CREATE INDEX sign_in_attempt_age ON public.sign_in_attempt USING btree (at);
CREATE INDEX sign_in_attempt_of_subject ON public.sign_in_attempt USING btree (subject, at);
CREATE INDEX template_of_project ON public.template USING btree (project_id, ordinal DESC) WHERE (deleted_at IS NULL);
CREATE INDEX template_purge ON public.template USING btree (purge_at) WHERE (purge_at IS NOT NULL);
CREATE INDEX workspace_file_of_project ON public.workspace_file USING btree (project_id, ordinal DESC);
CREATE TRIGGER audit_entry_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.chat FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.connection FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.counter FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.run FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.saved_set FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.scenario FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.secret FOR EACH ROW WHEN ((new.project_id IS NOT NULL)) EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.template FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
CREATE TRIGGER project_is_there BEFORE INSERT OR UPDATE OF project_id ON public.workspace_file FOR EACH ROW EXECUTE FUNCTION public.refuse_deleted_project();
ALTER TABLE ONLY public.agent_permission
    ADD CONSTRAINT agent_permission_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.agent_permission
    ADD CONSTRAINT agent_permission_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.chat_approval
    ADD CONSTRAINT chat_approval_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES public.chat(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.chat_approval
    ADD CONSTRAINT chat_approval_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.chat_approval
    ADD CONSTRAINT chat_approval_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES public.chat_turn(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.chat_approval
    ADD CONSTRAINT chat_approval_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.chat
    ADD CONSTRAINT chat_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.chat_event
    ADD CONSTRAINT chat_event_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES public.chat(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.chat_event
    ADD CONSTRAINT chat_event_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES public.chat_turn(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.chat_event
    ADD CONSTRAINT chat_event_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.chat
    ADD CONSTRAINT chat_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.chat_turn
    ADD CONSTRAINT chat_turn_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES public.chat(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.chat_turn
    ADD CONSTRAINT chat_turn_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.chat_turn
    ADD CONSTRAINT chat_turn_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.chat
    ADD CONSTRAINT chat_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.column_mapping
    ADD CONSTRAINT column_mapping_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.connection(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.column_mapping
    ADD CONSTRAINT column_mapping_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.template(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.column_mapping
    ADD CONSTRAINT column_mapping_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT connection_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT connection_secret_id_fkey FOREIGN KEY (secret_id) REFERENCES public.secret(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT connection_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.counter
    ADD CONSTRAINT counter_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.counter
    ADD CONSTRAINT counter_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_master_key_id_fkey FOREIGN KEY (master_key_id) REFERENCES public.master_key(id);
ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.file_blob
    ADD CONSTRAINT file_blob_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.generation_job_part
    ADD CONSTRAINT generation_job_part_blob_id_fkey FOREIGN KEY (blob_id) REFERENCES public.file_blob(id);
ALTER TABLE ONLY public.generation_job_part
    ADD CONSTRAINT generation_job_part_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.generation_job(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.generation_job_part
    ADD CONSTRAINT generation_job_part_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.generation_job
    ADD CONSTRAINT generation_job_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.generation_job
    ADD CONSTRAINT generation_job_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.invite
    ADD CONSTRAINT invite_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.push_receipt
    ADD CONSTRAINT push_receipt_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.push_receipt
    ADD CONSTRAINT push_receipt_undo_run_id_fkey FOREIGN KEY (undo_run_id) REFERENCES public.run(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.push_receipt
    ADD CONSTRAINT push_receipt_values_blob_id_fkey FOREIGN KEY (values_blob_id) REFERENCES public.file_blob(id);
ALTER TABLE ONLY public.push_receipt
    ADD CONSTRAINT push_receipt_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.request_claim
    ADD CONSTRAINT request_claim_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.row_reservation
    ADD CONSTRAINT row_reservation_bucket_fkey FOREIGN KEY (bucket) REFERENCES public.row_bucket(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_blob_id_fkey FOREIGN KEY (blob_id) REFERENCES public.file_blob(id);
ALTER TABLE ONLY public.run_log_chunk
    ADD CONSTRAINT run_log_chunk_blob_id_fkey FOREIGN KEY (blob_id) REFERENCES public.file_blob(id);
ALTER TABLE ONLY public.run_log_chunk
    ADD CONSTRAINT run_log_chunk_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run_log(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.run_log_chunk
    ADD CONSTRAINT run_log_chunk_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.run_log
    ADD CONSTRAINT run_log_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.run_log
    ADD CONSTRAINT run_log_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.run_record
    ADD CONSTRAINT run_record_blob_id_fkey FOREIGN KEY (blob_id) REFERENCES public.file_blob(id);
ALTER TABLE ONLY public.run_record
    ADD CONSTRAINT run_record_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.run_record
    ADD CONSTRAINT run_record_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.saved_set
    ADD CONSTRAINT saved_set_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.saved_set
    ADD CONSTRAINT saved_set_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.scenario_schedule
    ADD CONSTRAINT scenario_schedule_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES public.scenario(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.scenario_schedule
    ADD CONSTRAINT scenario_schedule_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.scenario_version
    ADD CONSTRAINT scenario_version_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES public.scenario(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.scenario_version
    ADD CONSTRAINT scenario_version_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.secret
    ADD CONSTRAINT secret_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.secret
    ADD CONSTRAINT secret_workspace_id_data_key_id_fkey FOREIGN KEY (workspace_id, data_key_id) REFERENCES public.data_key(workspace_id, id);
ALTER TABLE ONLY public.secret
    ADD CONSTRAINT secret_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.seed_receipt
    ADD CONSTRAINT seed_receipt_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.seed_receipt
    ADD CONSTRAINT seed_receipt_undo_run_id_fkey FOREIGN KEY (undo_run_id) REFERENCES public.run(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.seed_receipt
    ADD CONSTRAINT seed_receipt_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.set_chunk
    ADD CONSTRAINT set_chunk_set_id_version_fkey FOREIGN KEY (set_id, version) REFERENCES public.set_version(set_id, version) ON DELETE CASCADE;
ALTER TABLE ONLY public.set_chunk
    ADD CONSTRAINT set_chunk_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.set_version
    ADD CONSTRAINT set_version_set_id_fkey FOREIGN KEY (set_id) REFERENCES public.saved_set(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.set_version
    ADD CONSTRAINT set_version_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.template(id);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.workspace_file
    ADD CONSTRAINT workspace_file_blob_id_fkey FOREIGN KEY (blob_id) REFERENCES public.file_blob(id);
ALTER TABLE ONLY public.workspace_file
    ADD CONSTRAINT workspace_file_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.workspace_file
    ADD CONSTRAINT workspace_file_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE public.agent_permission ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.chat ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.chat_approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.chat_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.chat_turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.column_mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.connection ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.datagen_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.datagen_contract ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.datagen_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.datagen_mint ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.datagen_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.file_blob ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.generation_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.generation_job_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.invite ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_no_workspace ON public.datagen_key USING ((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text));
CREATE POLICY of_no_workspace ON public.datagen_mint USING ((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text));
CREATE POLICY of_owner ON public.datagen_answer USING (((key_id = ANY (string_to_array(( SELECT COALESCE(current_setting('datamaker.owner'::text, true), ''::text) AS "coalesce"), ','::text))) OR (( SELECT COALESCE(current_setting('datamaker.owner'::text, true), ''::text) AS "coalesce") = '*'::text)));
CREATE POLICY of_owner ON public.datagen_contract USING (((owner = ANY (string_to_array(( SELECT COALESCE(current_setting('datamaker.owner'::text, true), ''::text) AS "coalesce"), ','::text))) OR (( SELECT COALESCE(current_setting('datamaker.owner'::text, true), ''::text) AS "coalesce") = '*'::text)));
CREATE POLICY of_owner ON public.datagen_usage USING (((key_id = ANY (string_to_array(( SELECT COALESCE(current_setting('datamaker.owner'::text, true), ''::text) AS "coalesce"), ','::text))) OR (( SELECT COALESCE(current_setting('datamaker.owner'::text, true), ''::text) AS "coalesce") = '*'::text)));
CREATE POLICY of_workspace ON public.agent_permission USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.api_key USING (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id))) WITH CHECK (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id)));
CREATE POLICY of_workspace ON public.audit_entry USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.chat USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.chat_approval USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.chat_event USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.chat_turn USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.column_mapping USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.connection USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.counter USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.data_key USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.file_blob USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.generation_job USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.generation_job_part USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.invite USING (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id))) WITH CHECK (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id)));
CREATE POLICY of_workspace ON public.person USING (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id))) WITH CHECK (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id)));
CREATE POLICY of_workspace ON public.project USING (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id))) WITH CHECK (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id)));
CREATE POLICY of_workspace ON public.push_receipt USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.request_claim USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.run USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.run_log USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.run_log_chunk USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.run_record USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.saved_set USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.scenario USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.scenario_schedule USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.scenario_version USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.secret USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.seed_receipt USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.session USING (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id))) WITH CHECK (((( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = ''::text) OR (( SELECT COALESCE(current_setting('datamaker.workspace'::text, true), ''::text) AS "coalesce") = workspace_id)));
CREATE POLICY of_workspace ON public.set_chunk USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.set_version USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.template USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.template_version USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
CREATE POLICY of_workspace ON public.workspace_file USING ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting))) WITH CHECK ((workspace_id = ( SELECT current_setting('datamaker.workspace'::text, true) AS current_setting)));
ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.project ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.push_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.request_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.run ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.run_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.run_log_chunk ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.run_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.saved_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scenario ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scenario_schedule ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scenario_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.seed_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.set_chunk ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.set_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.template ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.template_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workspace_file ENABLE ROW LEVEL SECURITY;
