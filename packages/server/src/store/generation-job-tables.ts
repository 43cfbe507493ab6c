import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { JobSink } from '../job-sinks.ts';
import type { GenerationRecipe } from './run-table.ts';

type Moment = ColumnType<Date | null, Date | null | undefined, Date | null>;

/** What there is to be said of the output of a job, whatever becomes of its template. */
export interface JobOutput {
  readonly format: string;
  readonly contentType: string;
  readonly fileName: string;
  /** Of the template. */
  readonly locale: string;
  /** Names of fields whose values are nobody's business. */
  readonly sensitive: readonly string[];
  /** Whether each part is a file of its own; left out of jobs from before there were such: no. */
  readonly partFiles?: boolean;
}

/** A generation in parts, beside its run. */
export interface GenerationJobTable {
  run_id: string;
  workspace_id: string;
  recipe: JSONColumnType<GenerationRecipe, string, string>;
  sink: JobSink;
  part_count: number;
  /** With which its parts are made. */
  engine_version: string;
  /** Of the plan: who compiles another one must not make a part. */
  plan_sha256: Buffer;
  about: JSONColumnType<JobOutput, string, string>;
}

/** Rows [first_row, end_row) of a job. It is made when it has a hash; whoever makes it holds its token until the lease ends. */
export interface GenerationJobPartTable {
  run_id: string;
  /** Counted from 1. */
  number: number;
  workspace_id: string;
  first_row: string;
  end_row: string;
  attempt: Generated<number>;
  /** Attempts that ended with a fault that may pass. */
  fault_count: Generated<number>;
  token: string | null;
  lease_until: Moment;
  /** Nobody tries again before. */
  not_before: Moment;
  /** How far its holder is. */
  row_count: Generated<string>;
  byte_count: string | null;
  sha256: Buffer | null;
  /** Where its bytes are; null: nowhere, or no more. */
  blob_id: string | null;
  started_at: Moment;
  ended_at: Moment;
}
