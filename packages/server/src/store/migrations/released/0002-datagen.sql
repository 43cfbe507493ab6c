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
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.api_key (
    id text NOT NULL,
    workspace_id text NOT NULL,
    project_id text NOT NULL,
    person_id text NOT NULL,
    hash bytea NOT NULL,
    display text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone
);
CREATE TABLE public.datagen_answer (
    key_id text NOT NULL,
    request_key bytea NOT NULL,
    request_hash bytea NOT NULL,
    claim uuid NOT NULL,
    recipe json,
    lease_until timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.datagen_contract (
    owner text NOT NULL,
    id text NOT NULL,
    hash text NOT NULL,
    document json NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.datagen_key (
    id text NOT NULL,
    hash bytea NOT NULL,
    display text NOT NULL,
    tier text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);
CREATE TABLE public.datagen_mint (
    id bigint NOT NULL,
    address bytea NOT NULL,
    minted_at timestamp with time zone DEFAULT now() NOT NULL
);
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
CREATE TABLE public.kysely_migration (
    name character varying(255) NOT NULL,
    "timestamp" character varying(255) NOT NULL
);
CREATE TABLE public.kysely_migration_lock (
    id character varying(255) NOT NULL,
    is_locked integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.person (
    id text NOT NULL,
    workspace_id text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT person_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text])))
);
CREATE TABLE public.project (
    id text NOT NULL,
    workspace_id text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.template (
    id text NOT NULL,
    project_id text NOT NULL,
    ordinal bigint NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone
);
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
    created_by text NOT NULL
);
CREATE TABLE public.workspace (
    id text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
INSERT INTO public.api_key VALUES ('key_owner', 'ws_one', 'proj_one', 'usr_owner', '\x0001fe', 'dmk_owner_a…', '2026-11-21 14:13:53.573582+00', NULL, NULL);
INSERT INTO public.api_key VALUES ('key_member', 'ws_one', 'proj_one', 'usr_member', '\xff', 'dmk_member_b…', '2026-11-21 14:13:53.573582+00', '2026-01-02 03:04:05.678901+00', '2026-02-03 00:00:00+00');
INSERT INTO public.api_key VALUES ('key_two', 'ws_two', 'proj_two', 'usr_two', '\x02', 'dmk_admin_c…', '2026-11-21 14:13:53.573582+00', NULL, NULL);
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
INSERT INTO public.kysely_migration VALUES ('0001-first', '2026-11-21T14:13:53.554Z');
INSERT INTO public.kysely_migration VALUES ('0002-datagen', '2026-11-21T14:13:56.222Z');
INSERT INTO public.kysely_migration_lock VALUES ('migration_lock', 0);
INSERT INTO public.person VALUES ('usr_owner', 'ws_one', 'Owner', 'owner', '2026-11-21 14:13:53.573582+00');
INSERT INTO public.person VALUES ('usr_member', 'ws_one', 'Member', 'member', '2026-11-21 14:13:53.573582+00');
INSERT INTO public.person VALUES ('usr_two', 'ws_two', 'Two', 'admin', '2026-11-21 14:13:53.573582+00');
INSERT INTO public.project VALUES ('proj_one', 'ws_one', 'Default', '2026-11-21 14:13:53.573582+00');
INSERT INTO public.project VALUES ('proj_two', 'ws_two', 'Other', '2026-11-21 14:13:53.573582+00');
INSERT INTO public.template OVERRIDING SYSTEM VALUE VALUES ('tmpl_one', 'proj_one', 1, 2, '2026-11-21 14:13:53.573582+00', '2026-11-21 14:13:53.573582+00', NULL);
INSERT INTO public.template OVERRIDING SYSTEM VALUE VALUES ('tmpl_gone', 'proj_one', 2, 1, '2026-11-21 14:13:53.573582+00', '2026-11-21 14:13:53.573582+00', '2026-03-04 00:00:00+00');
INSERT INTO public.template OVERRIDING SYSTEM VALUE VALUES ('tmpl_two', 'proj_two', 3, 1, '2026-11-21 14:13:53.573582+00', '2026-11-21 14:13:53.573582+00', NULL);
INSERT INTO public.template_version VALUES ('tmpl_one', 1, 'first', '{"fields":[{"name":"id","type":"sequence"}]}', '2026-11-21 14:13:53.573582+00', 'usr_owner');
INSERT INTO public.template_version VALUES ('tmpl_one', 2, 'line
break', '{ "fields" : [ {"type":"constant", "name":"x","options":{"value":"a\tb \\N"}} ] , "locale":"de"}', '2026-11-21 14:13:53.573582+00', 'usr_member');
INSERT INTO public.template_version VALUES ('tmpl_gone', 1, 'gone', '{"fields":[]}', '2026-11-21 14:13:53.573582+00', 'usr_owner');
INSERT INTO public.template_version VALUES ('tmpl_two', 1, 'of others', '{"fields":[{"name":"e","type":"email"}]}', '2026-11-21 14:13:53.573582+00', 'usr_two');
INSERT INTO public.workspace VALUES ('ws_one', 'My workspace', '2026-11-21 14:13:53.573582+00');
INSERT INTO public.workspace VALUES ('ws_two', 'Ünïcode 🚲 ''quoted''', '2026-11-21 14:13:53.573582+00');
SELECT pg_catalog.setval('public.datagen_mint_id_seq', 3, true);
SELECT pg_catalog.setval('public.template_ordinal_seq', 3, true);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);
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
ALTER TABLE ONLY public.kysely_migration_lock
    ADD CONSTRAINT kysely_migration_lock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kysely_migration
    ADD CONSTRAINT kysely_migration_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_ordinal_key UNIQUE (ordinal);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_pkey PRIMARY KEY (template_id, version);
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_pkey PRIMARY KEY (id);
CREATE INDEX datagen_answer_expiry ON public.datagen_answer USING btree (expires_at);
CREATE INDEX datagen_contract_expiry ON public.datagen_contract USING btree (expires_at);
CREATE INDEX datagen_mint_of_address ON public.datagen_mint USING btree (address, minted_at);
CREATE INDEX template_of_project ON public.template USING btree (project_id, ordinal DESC) WHERE (deleted_at IS NULL);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.template_version
    ADD CONSTRAINT template_version_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.template(id);
