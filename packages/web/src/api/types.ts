/** What the REST API answers, as far as pages show it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly total: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: 'viewer' | 'member' | 'admin' | 'owner';
  readonly createdAt: string;
}

export interface Invite {
  readonly id: string;
  readonly role: Person['role'];
  readonly email: string | null;
  readonly expiresAt: string;
}

export interface Secret {
  readonly id: string;
  readonly name: string;
  readonly reach: 'project' | 'workspace';
  readonly version: number;
  /** Where connections may send it. */
  readonly hosts: readonly string[];
  readonly lastUsedAt: string | null;
}

export interface Identity {
  readonly person: Person;
  readonly workspaceId: string;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

export interface TemplateDocument {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly locale?: string;
  readonly weighting?: string;
}

export interface Template extends TemplateDocument {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface TemplateVersion {
  readonly version: number;
  readonly name: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

export interface TemplateDiff {
  readonly same: boolean;
  readonly changed: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
  readonly fields: {
    readonly added: readonly Field[];
    readonly removed: readonly Field[];
    readonly changed: readonly { readonly name: string; readonly from: Field; readonly to: Field }[];
    readonly reordered: boolean;
  };
}

export interface Imported {
  readonly kind: string;
  readonly templates: readonly TemplateDocument[];
  readonly notices: readonly { readonly code: string; readonly message: string; readonly subject?: string }[];
}

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'timeout' | 'lost';

export interface Run {
  readonly id: string;
  readonly kind: string;
  readonly state: RunState;
  readonly params: Readonly<Record<string, unknown>>;
  readonly progress: { readonly rows: number; readonly bytes: number; readonly total: number };
  readonly output: { readonly name: string; readonly size: number; readonly url: string | null } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: unknown;
  /** Path of its log, `/scenarios/{id}/runs/{id}/logs`; null: only scenarios write one. */
  readonly logs_url: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

export interface SavedSet {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  readonly template_id: string | null;
  readonly seed: string | null;
  readonly stored_as: 'rows' | 'recipe';
  readonly created_at: string;
}

type Row = Readonly<Record<string, unknown>>;

/** Some rows of a version. */
export interface LoadedSet extends SavedSet {
  readonly offset: number;
  readonly next_offset: number | null;
  readonly rows: readonly Row[];
}

export interface SetDiff {
  readonly unchanged: number;
  readonly added: { readonly count: number; readonly rows: readonly Row[] };
  readonly removed: { readonly count: number; readonly rows: readonly Row[] };
  readonly changed: {
    readonly count: number;
    readonly rows: readonly { readonly at: unknown; readonly before: unknown; readonly after: unknown }[];
  };
  readonly truncated: boolean;
}

export interface WorkspaceFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly kind: string;
  readonly uploaded_at: string;
}

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  /** How it signs in, without what is secret. */
  readonly auth: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly options: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly hasSecret: boolean;
  /** Hosts that the secret that it names may go to since it was saved; only in the answer to that. */
  readonly secretHostsAdded?: readonly string[];
  readonly version: number;
  readonly verification: {
    readonly status: 'verified' | 'unverified';
    readonly problem: string | null;
    readonly message: string | null;
    readonly hint: string | null;
    readonly server: { readonly product: string; readonly version: string; readonly notes: readonly string[] } | null;
    readonly at: string | null;
  };
  readonly metadata: { readonly tables?: readonly string[]; readonly entitySets?: readonly string[] } | null;
}

export interface ListedScenario {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly problem: { readonly message: string; readonly line: number | null } | null;
  readonly updated_at: string;
}

export interface Scenario extends ListedScenario {
  readonly code: string;
}

export interface ScenarioRun {
  readonly run_id: string;
  readonly state: RunState;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly created_at: string;
  readonly duration_ms: number | null;
  readonly dry_run: boolean;
}

export interface ScenarioSchedule {
  readonly id: string;
  readonly cron: string;
  readonly time_zone: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly paused: boolean;
  readonly next_times: readonly string[];
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface Act {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly personId: string | null;
  readonly subjectId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export type ChatMode = 'chat' | 'agent';

export interface ListedChat {
  readonly id: string;
  readonly name: string;
  readonly mode: ChatMode | null;
  /** What its agent may do at most. */
  readonly permits: { readonly risks: readonly AgentRisk[]; readonly sensitive: boolean };
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number; readonly cost: number };
}

/** What a tool of the agent does, the least first. */
export type AgentRisk = 'read' | 'generate' | 'write' | 'outbound_or_destructive';

export interface AgentPermissions {
  /** What answers; null: patterns. */
  readonly model: string | null;
  readonly tools: readonly {
    readonly tool: string;
    readonly title: string;
    readonly risk: AgentRisk;
    readonly permission: 'allow' | 'ask' | 'off';
    /** Whether nobody has said anything of it. */
    readonly isDefault: boolean;
  }[];
}

/** How much of something the workspace has used. */
export interface Meter {
  readonly name: 'requests' | 'previews' | 'rows' | 'files' | 'storage_bytes' | 'open_runs';
  readonly used: number;
  readonly limit: number | null;
  readonly periodSeconds: number | null;
  readonly resetSeconds: number | null;
}

export interface Usage {
  readonly plan: string;
  readonly meters: readonly Meter[];
}
