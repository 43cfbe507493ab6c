import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Role, Scope } from '../security/permissions.ts';
import type { ChatTables } from './chat-tables.ts';
import type { ConnectionTable } from './connection-table.ts';
import type { GenerationJobPartTable, GenerationJobTable } from './generation-job-tables.ts';
import type { PushReceiptTable } from './push-receipt-table.ts';
import type { RunTable } from './run-table.ts';
import type {
  RunLogChunkTable,
  RunLogTable,
  RunRecordTable,
  ScenarioScheduleTable,
  ScenarioTable,
  ScenarioVersionTable,
} from './scenario-tables.ts';
import type { SeedReceiptTable } from './seed-receipt-table.ts';
import type { WorkerTable } from './worker-table.ts';

type Moment = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** The tables, as the newest migration leaves them. */
export interface Schema extends ChatTables {
  workspace: {
    id: string;
    /** Empty when it is purged. */
    name: string;
    plan: Generated<string>;
    created_at: Moment;
    updated_at: Moment;
    deleted_at: OptionalMoment;
    purge_at: OptionalMoment;
    /** Since when there is nothing of it but its audit. */
    purged_at: OptionalMoment;
  };
  project: {
    id: string;
    workspace_id: string;
    ordinal: Generated<string>;
    name: string;
    created_at: Moment;
    updated_at: Moment;
    deleted_at: OptionalMoment;
  };
  /** Somebody in a workspace. */
  person: {
    id: string;
    workspace_id: string;
    ordinal: Generated<string>;
    name: string;
    role: Role;
    /** In lower case; null for somebody who cannot sign in. */
    email: string | null;
    /** What is kept of the password, with how it was made. */
    password: string | null;
    /** Who vouches for the person, and how they call them. */
    issuer: string | null;
    subject: string | null;
    created_at: Moment;
    updated_at: Moment;
    removed_at: OptionalMoment;
  };
  api_key: {
    id: string;
    workspace_id: string;
    ordinal: Generated<string>;
    /** The only project it is for; null: any of the workspace. */
    project_id: string | null;
    person_id: string;
    name: Generated<string>;
    hash: Buffer;
    display: string;
    read_only: Generated<boolean>;
    /** What it is for; null: all that the role may do. */
    scopes: ColumnType<readonly Scope[] | null, readonly Scope[] | null | undefined, never>;
    expires_at: OptionalMoment;
    created_at: Moment;
    last_used_at: OptionalMoment;
    revoked_at: OptionalMoment;
  };
  /** A way in for somebody; gone when it is taken or withdrawn. */
  invite: {
    id: string;
    workspace_id: string;
    ordinal: Generated<string>;
    role: Role;
    /** The only address that it is for; null: any. */
    email: string | null;
    hash: Buffer;
    created_by: string;
    created_at: Moment;
    expires_at: Moment;
  };
  /** Somebody who is signed in, in one browser. */
  session: {
    id: string;
    workspace_id: string;
    ordinal: Generated<string>;
    person_id: string;
    hash: Buffer;
    agent: string;
    address: string;
    created_at: Moment;
    last_used_at: Moment;
    expires_at: Moment;
  };
  /** Passwords that were tried of late, by a hash of the account or the address. */
  sign_in_attempt: { ordinal: Generated<string>; subject: Buffer; at: Moment };
  template: {
    id: string;
    workspace_id: string;
    project_id: string;
    /** Order of creation, for keyset pagination. */
    ordinal: Generated<string>;
    version: number;
    created_at: Moment;
    updated_at: Moment;
    deleted_at: OptionalMoment;
    purge_at: OptionalMoment;
  };
  template_version: {
    template_id: string;
    workspace_id: string;
    version: number;
    name: string;
    /** Template document without its name: fields, locale, weighting. As text, so that it comes back as it was written. */
    document: JSONColumnType<TemplateDocument, string, string>;
    created_at: Moment;
    created_by: string;
  };
  datagen_key: {
    id: string;
    hash: Buffer;
    display: string;
    tier: string;
    created_at: Moment;
    expires_at: Moment;
    revoked_at: OptionalMoment;
  };
  datagen_mint: { id: Generated<string>; address: Buffer; minted_at: Moment };
  datagen_usage: { key_id: string; day: string; calls: number; records: string };
  datagen_contract: {
    owner: string;
    id: string;
    hash: string;
    document: JSONColumnType<object, string, string>;
    created_at: Moment;
    expires_at: Moment;
  };
  datagen_answer: {
    key_id: string;
    request_key: Buffer;
    request_hash: Buffer;
    claim: string;
    recipe: JSONColumnType<object, string, string> | null;
    lease_until: Moment;
    expires_at: Moment;
  };
  /** What somebody did; never changed. */
  audit_entry: {
    ordinal: Generated<string>;
    id: string;
    workspace_id: string;
    project_id: string | null;
    at: Moment;
    person_id: string | null;
    /** The key or session that was used. */
    credential_id: string | null;
    action: string;
    subject_id: string | null;
    details: JSONColumnType<Record<string, unknown>, string, string>;
    request_id: string | null;
  };
  /** Requests that may be repeated, and what was answered. */
  request_claim: {
    workspace_id: string;
    person_id: string;
    route: string;
    request_key: string;
    request_hash: Buffer;
    status: number | null;
    headers: JSONColumnType<Record<string, string>, string | null, string | null> | null;
    body: Buffer | null;
    created_at: Moment;
  };
  /** What limits have been used up: a level that falls evenly, at a time in µs since 1970, and whether the last one who asked got it. */
  request_bucket: { name: string; level: number; at: number; taken: boolean };
  row_bucket: { name: string; level: number; at: number; taken: boolean };
  /** Rows taken from a bucket before they are made. */
  row_reservation: { id: string; bucket: string; reserved: string; delivered: string; lease_until: Moment };
  /** A list of rows with a name; its newest version. */
  saved_set: {
    id: string;
    workspace_id: string;
    project_id: string;
    ordinal: Generated<string>;
    name: string;
    version: number;
    created_at: Moment;
    updated_at: Moment;
    deleted_at: OptionalMoment;
    purge_at: OptionalMoment;
  };
  /** Never changed. Its rows are in `set_chunk`, unless there is a recipe that makes them. */
  set_version: {
    set_id: string;
    workspace_id: string;
    version: number;
    row_count: string;
    byte_count: string;
    /** Of the rows as lines of JSON. */
    sha256: Buffer;
    columns: JSONColumnType<readonly string[], string, string>;
    /** Those of the columns that are; null: nobody noted it. */
    sensitive: JSONColumnType<readonly string[], string | null, string | null> | null;
    template_id: string | null;
    template_version: number | null;
    seed: string | null;
    engine_version: string | null;
    recipe: JSONColumnType<SetRecipe, string | null, string | null> | null;
    created_at: Moment;
    created_by: string;
  };
  /** Lines of JSON, deflated. */
  set_chunk: {
    set_id: string;
    workspace_id: string;
    version: number;
    first_row: string;
    row_count: number;
    data: Buffer;
  };
  /** Bytes in the file store: being written (then what may come), kept for a file, or to be removed. */
  file_blob: {
    id: string;
    workspace_id: string;
    state: 'writing' | 'kept' | 'doomed';
    byte_count: string;
    changed_at: Moment;
  };
  workspace_file: {
    id: string;
    workspace_id: string;
    project_id: string;
    ordinal: Generated<string>;
    name: string;
    blob_id: string;
    byte_count: string;
    sha256: Buffer;
    content_type: string;
    kind: string;
    created_at: Moment;
    uploaded_at: Moment;
    uploaded_by: string;
  };
  /** What data keys are wrapped with, by its id; the key itself is not here. */
  master_key: { id: string; ordinal: Generated<string>; created_at: Moment };
  /** What secrets of a workspace are sealed with; new ones with the one that is not retired. */
  data_key: {
    id: string;
    workspace_id: string;
    master_key_id: string;
    wrapped: Buffer;
    uses: Generated<string>;
    created_at: Moment;
    retired_at: OptionalMoment;
  };
  /** A value that nobody is shown: of people for their scenarios, or of a connection. */
  secret: {
    id: string;
    workspace_id: string;
    /** null: of the whole workspace. */
    project_id: string | null;
    ordinal: Generated<string>;
    kind: 'user' | 'connection';
    name: string;
    version: number;
    data_key_id: string;
    sealed: Buffer;
    /** Of people's own: where connections may send it, as `hostEntry` of the connectors writes hosts. */
    hosts: ColumnType<readonly string[], readonly string[] | undefined, readonly string[]>;
    created_at: Moment;
    created_by: string;
    updated_at: Moment;
    updated_by: string;
    last_used_at: OptionalMoment;
  };
  /** Work that goes on after its request was answered. */
  run: RunTable;
  /** What a push of a template writes, and how far it came. */
  push_receipt: PushReceiptTable;
  /** What a seed of a connection has written. */
  seed_receipt: SeedReceiptTable;
  generation_job: GenerationJobTable;
  generation_job_part: GenerationJobPartTable;
  scenario: ScenarioTable;
  scenario_version: ScenarioVersionTable;
  scenario_schedule: ScenarioScheduleTable;
  run_log: RunLogTable;
  run_log_chunk: RunLogChunkTable;
  run_record: RunRecordTable;
  /** A system that rows go to and come from; its password, token or the like is in `secret`. */
  connection: ConnectionTable;
  /** Which fields of a template go into which columns of a connection. */
  column_mapping: {
    template_id: string;
    connection_id: string;
    workspace_id: string;
    table_schema: string;
    table_name: string;
    /** The column of each field; null: of none. */
    columns: JSONColumnType<Readonly<Record<string, string | null>>, string, string>;
    updated_at: Moment;
    updated_by: string;
  };
  worker: WorkerTable;
  /** Numbers that are given once, by their project and name. */
  counter: {
    project_id: string;
    name: string;
    workspace_id: string;
    ordinal: Generated<string>;
    /** The number that was given last. */
    value: string;
    created_at: Moment;
    updated_at: Moment;
  };
  /** What a language model answered, by the SHA-256 of what it was asked and for whom. */
  model_answer: { question: Buffer; answer: string; created_at: Moment; scope: string | null };
}

export interface TemplateDocument {
  readonly fields: readonly unknown[];
  readonly locale?: string;
  readonly weighting?: string;
}

/** All that makes the rows of a set, whatever becomes of its template. */
export interface SetRecipe {
  readonly template: TemplateDocument & { readonly id: string; readonly name: string };
  /** The templates that it nests, by id. */
  readonly nested: Readonly<Record<string, unknown>>;
  readonly seed: string;
  readonly count: number;
  /** What `"now"` means, in milliseconds since the epoch. */
  readonly now: number;
}
