import type { Schema } from './schema.ts';

/**
 * What migrations make in the schema `public`: a database may hold tables of others beside them. A table that a later
 * migration removes stays in this list, because a store of before that still has it.
 */
const OURS: Readonly<Record<keyof Schema, true>> = {
  workspace: true,
  project: true,
  person: true,
  api_key: true,
  invite: true,
  session: true,
  sign_in_attempt: true,
  template: true,
  template_version: true,
  datagen_key: true,
  datagen_mint: true,
  datagen_usage: true,
  datagen_contract: true,
  datagen_answer: true,
  audit_entry: true,
  request_claim: true,
  request_bucket: true,
  row_bucket: true,
  row_reservation: true,
  model_answer: true,
  saved_set: true,
  set_version: true,
  set_chunk: true,
  file_blob: true,
  workspace_file: true,
  master_key: true,
  data_key: true,
  secret: true,
  run: true,
  connection: true,
  column_mapping: true,
  push_receipt: true,
  seed_receipt: true,
  scenario: true,
  scenario_version: true,
  scenario_schedule: true,
  run_log: true,
  run_log_chunk: true,
  worker: true,
  run_record: true,
  counter: true,
  chat: true,
  chat_turn: true,
  chat_event: true,
  chat_approval: true,
  agent_permission: true,
  generation_job: true,
  generation_job_part: true,
};

/** Tables of the server. */
export const TABLES: readonly string[] = Object.keys(OURS);

/** What remembers which migrations there were. */
export const MIGRATION_TABLES: readonly string[] = ['kysely_migration', 'kysely_migration_lock'];

/** Functions of triggers; they stay when their tables go. */
export const FUNCTIONS: readonly string[] = ['refuse_change', 'refuse_deleted_project'];
