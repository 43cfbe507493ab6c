import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { RunKind, RunState } from '../run-states.ts';
import type { Scope } from '../security/permissions.ts';
import type { StoredTemplate } from './templates.ts';

/** What a run of a generation makes, whatever becomes of its template. */
export interface GenerationRecipe {
  readonly template: Pick<StoredTemplate, 'id' | 'name' | 'version' | 'document'>;
  /** The templates that it nests, directly or through others. */
  readonly nested: readonly Pick<StoredTemplate, 'id' | 'name' | 'version' | 'document'>[];
  /** What was asked for: range, format and its options, overrides, wrong rows. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly seed: string;
  /** What `"now"` means, in milliseconds since the epoch. */
  readonly now: number;
}

/** What a push works on; what it writes stands in its receipt. */
export interface PushRecipe {
  readonly connectionId: string;
}

/** What a seed of a connection works on; what it writes stands in its receipt. */
export interface SeedRecipe {
  readonly connectionId: string;
  /** These are undefined of runs that were asked for before they were kept. */
  readonly by?: RunAuthor;
  /** What it is called in the audit. */
  readonly exportId?: string;
  /** When nobody works any more on what was cancelled, in milliseconds since the epoch. */
  readonly notBefore?: number;
}

/** Which run an undo takes back. */
export interface UndoRecipe {
  readonly connectionId: string;
  /** Also a push: the name is from when only seeds were taken back, and runs that wait have it. */
  readonly seedRunId: string;
  /** What becomes of rows that were changed since. */
  readonly edited: 'refuse' | 'keep' | 'remove';
  /** Undefined: it was asked for before this was kept. */
  readonly by?: RunAuthor;
}

/** On whose authority something is done when the request is over. */
export interface RunAuthor {
  readonly personId: string | null;
  readonly keyId: string | null;
  readonly requestId: string | null;
}

/** What a run of a scenario executes. */
export interface ScenarioRecipe {
  readonly version: number;
  /** As they were given: what is shown of them may be less. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly retryOnCrash: boolean;
  readonly timeoutSeconds: number;
  /** What is drawn in it is drawn from; undefined: it was asked for before this was kept. */
  readonly seed?: string;
  /** Whether nothing is written anywhere. */
  readonly isDry?: boolean;
  /** Which run is made again, from what was answered to it. */
  readonly replayOf?: string;
  readonly memoryBytes: number;
  /** How much of its log is kept, and for how long; null: all of it, as long as the run. */
  readonly log: { readonly lines: number | null; readonly bytes: number; readonly days: number | null };
}

/** A job in parts: what it makes stands beside its run, also when that has ended. */
export interface JobRecipe {
  readonly engineVersion: string;
}

/** All that a run needs to know, by its kind. */
export type RunRecipe = ScenarioRecipe | GenerationRecipe | PushRecipe | SeedRecipe | UndoRecipe | JobRecipe;

/** What came of a run, beside its bytes. */
export interface RunOutput {
  readonly name: string;
  readonly contentType: string;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Names of fields whose values are nobody's business. */
  readonly sensitive: readonly string[];
  /** What systems answered that its rows are made of; undefined: nothing. */
  readonly fetched?: readonly {
    readonly connection_id: string;
    readonly field: string;
    readonly rows: number;
    readonly sha256: string;
  }[];
}

export interface RunError {
  readonly code: string;
  readonly message: string;
}

type Moment = ColumnType<Date | null, Date | null | undefined, Date | null>;

export interface RunTable {
  id: string;
  workspace_id: string;
  project_id: string;
  ordinal: Generated<string>;
  kind: RunKind;
  state: Generated<RunState>;
  /** Of what it is a run: a template, later also a scenario or a connection. */
  subject_id: string;
  /** What was asked for, as clients see it. */
  params: JSONColumnType<Record<string, unknown>, string, string>;
  /** All that makes the outcome; null when it has ended. */
  recipe: JSONColumnType<RunRecipe, string | null, string | null> | null;
  total_rows: string;
  row_count: Generated<string>;
  byte_count: Generated<string>;
  attempt: Generated<number>;
  /** Of the worker that holds it: each write of a worker names it. */
  token: string | null;
  lease_until: Moment;
  /** Rows of the plan that are held for it until it ends. */
  reservation_id: string | null;
  max_bytes: string | null;
  blob_id: string | null;
  output: JSONColumnType<RunOutput, string | null, string | null> | null;
  error: JSONColumnType<RunError, string | null, string | null> | null;
  /** What came of it that is no output: of pushes, seeds and undos. */
  result: JSONColumnType<Record<string, unknown>, string | null, string | null> | null;
  created_at: ColumnType<Date, undefined, Date>;
  started_at: Moment;
  ended_at: Moment;
  /** When the output goes. */
  expires_at: Moment;
  deleted_at: Moment;
  created_by: string;
  /** Of the key that it was begun with: what acts for its run has no others. null: all. */
  scopes: ColumnType<readonly Scope[] | null, readonly Scope[] | null | undefined, never>;
  /** Of the key that it was begun with, and ends with; null: none. */
  key_id: ColumnType<string | null, string | null | undefined, never>;
  request_id: string;
}
