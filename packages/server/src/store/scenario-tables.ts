import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { EnvironmentLock } from '../runner/environments/environment-lock.ts';
import type { Scope } from '../security/permissions.ts';

type Moment = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>;

/** How runs of a scenario are treated. */
export interface ScenarioSettings {
  /** Whether a run whose worker died is begun again: by default it is lost, since nobody knows what it has done. */
  readonly retryOnCrash: boolean;
  /** How long a run may take; null: as long as the plan says. */
  readonly timeoutSeconds: number | null;
}

/** Where code is no Python. */
export interface SyntaxProblem {
  readonly message: string;
  /** From 1 on; null: nobody can say. */
  readonly line: number | null;
  readonly column: number | null;
}

/** What code says that it needs, and what is wrong with it. */
export interface ScenarioNeeds {
  /** PEP 508, as they stand in the code. */
  readonly requirements: readonly string[];
  /** PEP 440, of PEP 723's metadata. */
  readonly requiresPython: string | null;
  /** Of the Python that has read it, such as `3.12.4`; null: there was none. */
  readonly readBy: string | null;
  /** null: none was found. */
  readonly problem: SyntaxProblem | null;
}

/** Which packages a version runs with. */
export interface ScenarioEnvironment {
  /** null: none was found yet, and the next run looks again. */
  readonly lock: EnvironmentLock | null;
  /** Why there is none; null: there is. */
  readonly problem: { readonly code: string; readonly message: string } | null;
}

export interface ScenarioTable {
  id: string;
  workspace_id: string;
  project_id: string;
  ordinal: Generated<string>;
  version: number;
  /** That of its newest version. */
  name: string;
  created_at: Moment;
  updated_at: Moment;
  deleted_at: OptionalMoment;
  purge_at: OptionalMoment;
}

/** Never changed, but for a lock that is made by the first run. */
export interface ScenarioVersionTable {
  scenario_id: string;
  workspace_id: string;
  version: number;
  name: string;
  code: string;
  settings: JSONColumnType<ScenarioSettings, string, string>;
  needs: JSONColumnType<ScenarioNeeds, string, string>;
  /** null: it names no packages, or is older than locks are. */
  environment: JSONColumnType<ScenarioEnvironment | null, string | null | undefined, string | null>;
  created_at: Moment;
  created_by: string;
}

/** When a scenario runs by itself. */
export interface ScenarioScheduleTable {
  id: string;
  workspace_id: string;
  scenario_id: string;
  ordinal: Generated<string>;
  cron: string;
  time_zone: string;
  params: JSONColumnType<Readonly<Record<string, unknown>>, string, string>;
  paused: Generated<boolean>;
  /** null: it is paused. */
  next_at: OptionalMoment;
  last_at: OptionalMoment;
  last_run_id: string | null;
  created_at: Moment;
  created_by: string;
  /** Of the keys that it was made with, and that changed what it does; null: all. */
  scopes: ColumnType<readonly Scope[] | null, readonly Scope[] | null | undefined, readonly Scope[]>;
  /** Of the key that it was made with, and ends with; null: none. */
  key_id: ColumnType<string | null, string | null | undefined, string>;
  updated_at: Moment;
}

/** The log of a run: how long it is, who writes it, when it goes. */
export interface RunLogTable {
  run_id: string;
  workspace_id: string;
  /** Token of the worker that may add to it; null: nobody does. */
  writer: string | null;
  /** Line ends. */
  line_count: Generated<string>;
  byte_count: Generated<string>;
  /** Written by the run and not kept, beyond what the plan gives. */
  dropped_bytes: Generated<string>;
  /** By the plan, from the end of the run on; null: as long as the run. */
  kept_days: number | null;
  expires_at: OptionalMoment;
  expired: Generated<boolean>;
}

/** A piece of a log; its bytes are in the file store. */
export interface RunLogChunkTable {
  run_id: string;
  workspace_id: string;
  first_byte: string;
  byte_count: number;
  /** How many line ends are before it. */
  first_line: string;
  /** How many are in it. */
  line_count: number;
  blob_id: string;
  sha256: Buffer;
}

/** What was answered to the script of a run; its bytes are in the file store. */
export interface RunRecordTable {
  run_id: string;
  workspace_id: string;
  blob_id: string;
  byte_count: string;
  sha256: Buffer;
  call_count: number;
  /** Why it is not whole; null: it is. */
  incomplete: string | null;
}
