// Written by `npm run docs` from contracts/openapi.json.

/** A template with all that it nests; ids are of the bundle only. */
export type TemplateBundle = {
  readonly kind: 'datamaker/templates';
  readonly version: 1;
  readonly templates: readonly {
    readonly id: string;
    readonly name: string;
    /** Each `{ name, type, options? }`; see the catalogue of types. */
    readonly fields: readonly unknown[];
    /** Of all fields that name no other. */
    readonly locale?: string | undefined;
    /** `population`: names and places as often as they are; `uniform`: all alike. */
    readonly weighting?: string | undefined;
  }[];
};

/** `degraded` where the disk is full: what needs no room on it is served. */
export type Health = {
  readonly status: 'ok' | 'degraded';
  readonly disk?: 'full' | undefined;
} & Readonly<Record<string, unknown>>;

/** What went wrong, and where. */
export type Error = {
  readonly error: {
    /** Stable: switch on it. */
    readonly code:
      | 'validation_error'
      | 'bad_request'
      | 'unauthorized'
      | 'forbidden'
      | 'workspace_deleted'
      | 'invalid_credentials'
      | 'cross_site_request'
      | 'conflict'
      | 'conflicting_credentials'
      | 'rate_limited'
      | 'quota_exceeded'
      | 'too_many_runs'
      | 'invalid_idempotency_key'
      | 'idempotency_key_reused'
      | 'request_in_progress'
      | 'invalid_cursor'
      | 'not_found'
      | 'method_not_allowed'
      | 'version_conflict'
      | 'not_acceptable'
      | 'storage_quota_exceeded'
      | 'output_expired'
      | 'job_of_files'
      | 'part_missing'
      | 'part_damaged'
      | 'log_expired'
      | 'payload_too_large'
      | 'unsupported_media_type'
      | 'range_not_satisfiable'
      | 'connection_failed'
      | 'secret_not_for_host'
      | 'secret_unreadable'
      | 'unavailable'
      | 'internal_error';
    /** For people; may change. */
    readonly message: string;
    readonly details: {
      readonly diagnostics?:
        | readonly {
            readonly code: string;
            readonly pointer: string;
            readonly message: string;
            readonly hint?: string | undefined;
          }[]
        | undefined;
      /** Of `connection_failed`: what is in the way. */
      readonly problem?: string | undefined;
      /** Of code that is no Python: where, counted from 1. */
      readonly line?: number | undefined;
      /** With `line`; counted from 1. */
      readonly column?: number | null | undefined;
      /** Of `connection_failed`: rows that were kept before. */
      readonly written?: number | undefined;
    };
    readonly request_id: string;
  };
};

export type Readiness = {
  readonly status: 'ready';
  readonly checks: {
    readonly database: 'ok';
    readonly migrations: 'ok';
  };
};

export type SignedIn = {
  readonly person: Person;
  readonly session: Session;
};

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Each may do what those before it may. */
  readonly role: 'viewer' | 'member' | 'admin' | 'owner';
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Session = {
  readonly id: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
  /** What the browser said it is. */
  readonly agent: string;
  readonly address: string;
  readonly createdAt: string;
  /** To the minute. */
  readonly lastUsedAt: string;
  readonly expiresAt: string;
};

export type Template = {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly unknown[];
  readonly locale?: string | undefined;
  readonly weighting?: string | undefined;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type TemplateVersion = {
  readonly version: number;
  readonly name: string;
  readonly createdAt: string;
  readonly createdBy: string;
};

/** What became of a template; what is not named is the same. */
export type TemplateDiff = {
  readonly from: number;
  readonly to: number;
  readonly same: boolean;
  readonly changed: Readonly<
    Record<
      string,
      {
        readonly from: unknown;
        readonly to: unknown;
      }
    >
  >;
  readonly fields: {
    readonly added: readonly unknown[];
    readonly removed: readonly unknown[];
    readonly changed: readonly {
      readonly name: string;
      readonly from: unknown;
      readonly to: unknown;
      readonly pointers: readonly string[];
    }[];
    readonly reordered: boolean;
  };
} & Readonly<Record<string, unknown>>;

export type TemplateValidation = {
  readonly valid: boolean;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly pointer: string;
    readonly message: string;
    readonly hint?: string | undefined;
  }[];
};

export type DeletedTemplate = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly deletedAt: string;
  /** From then on it cannot be restored. */
  readonly purgeAt: string;
};

/** Templates that can be created as they are, and what was not understood. */
export type Imported = {
  readonly templates: readonly ({
    readonly name: string;
  } & Readonly<Record<string, unknown>>)[];
  readonly notices: readonly ({
    readonly code: string;
    readonly message: string;
  } & Readonly<Record<string, unknown>>)[];
} & Readonly<Record<string, unknown>>;

export type SubmittedRun = {
  readonly run_id: string;
  readonly state: 'queued';
};

export type Estimate = {
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly quota: {
    /** Rows that the plan still gives; null: no limit. */
    readonly left: number | null;
    readonly enough: boolean;
  };
};

/** What is in the rows, field by field, and whether it is as the template says. */
export type Profile = {
  readonly seed: string;
} & Readonly<Record<string, unknown>>;

export type Run = {
  readonly id: string;
  readonly kind: 'generation' | 'scenario' | 'push' | 'seed' | 'undo' | 'generation_job';
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'timeout' | 'lost';
  /** What was asked for. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly progress: {
    readonly rows: number;
    readonly bytes: number;
    /** Rows that were asked for. */
    readonly total: number;
  };
  /** How often it was begun. */
  readonly attempt: number;
  readonly output: {
    readonly name: string;
    readonly content_type: string;
    /** Bytes. */
    readonly size: number;
    readonly sha256: string;
    /** Where it is; null: it is no longer kept. */
    readonly url: string | null;
    readonly expires_at: string | null;
    /** What systems answered that fields pick from; `sha256` is of its lines of JSON. */
    readonly fetched?:
      | readonly {
          readonly connection_id: string;
          readonly field: string;
          readonly rows: number;
          readonly sha256: string;
        }[]
      | undefined;
  } | null;
  readonly error: {
    readonly code: string;
    readonly message: string;
  } | null;
  /** How far it came: of seeds rows by table, of undos and pushes what became of the rows. */
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly created_by: string;
  readonly request_id: string;
  /** Where its log is; null: only scenarios write one. */
  readonly logs_url: string | null;
};

/** A server-sent event. */
export type RunEvent = {
  readonly event: 'run' | 'end';
  /** JSON: the run, as `GET /runs/{id}` tells it; of `end`, `{}`. */
  readonly data: string;
  /** What `Last-Event-ID` may say. */
  readonly id?: string | undefined;
};

export type Job = {
  readonly id: string;
  readonly kind: 'generation' | 'scenario' | 'push' | 'seed' | 'undo' | 'generation_job';
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'timeout' | 'lost';
  /** What was asked for. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly progress: {
    readonly rows: number;
    readonly bytes: number;
    /** Rows that were asked for. */
    readonly total: number;
  };
  /** How often it was begun. */
  readonly attempt: number;
  readonly output: {
    readonly name: string;
    readonly content_type: string;
    /** Bytes. */
    readonly size: number;
    readonly sha256: string;
    /** Where it is; null: it is no longer kept. */
    readonly url: string | null;
    readonly expires_at: string | null;
    /** What systems answered that fields pick from; `sha256` is of its lines of JSON. */
    readonly fetched?:
      | readonly {
          readonly connection_id: string;
          readonly field: string;
          readonly rows: number;
          readonly sha256: string;
        }[]
      | undefined;
  } | null;
  readonly error: {
    readonly code: string;
    readonly message: string;
  } | null;
  /** How far it came: of seeds rows by table, of undos and pushes what became of the rows. */
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly created_by: string;
  readonly request_id: string;
  /** Where its log is; null: only scenarios write one. */
  readonly logs_url: string | null;
  readonly sink: 'files' | 'hash';
  /** Whether each part is a file of its own. */
  readonly part_files: boolean;
  readonly engine_version: string;
  readonly parts: {
    readonly total: number;
    readonly done: number;
    /** That workers are making. */
    readonly running: number;
  };
  /** Of the last minute, or in all. */
  readonly rows_per_second: number | null;
  /** About; null: nobody can tell, or it has ended. */
  readonly seconds_left: number | null;
  /** Null until it is done. */
  readonly manifest_url: string | null;
  /** All parts, one after the other. Null also where each is a file. */
  readonly content_url: string | null;
};

/** What a job made: its parts in order are the bytes of one process, or each is a file. */
export type Manifest = {
  readonly kind: 'datamaker/generation-job';
  readonly version: 1;
  readonly job_id: string;
  readonly template: {
    readonly id: string;
    readonly version: number;
    readonly name: string;
  };
  readonly engine_version: string;
  readonly seed: string;
  /** What `"now"` meant. */
  readonly now: string;
  readonly locale: string;
  readonly format: string;
  /** What was asked for. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly sink: 'files' | 'hash';
  /** Whether each part is a file of its own. */
  readonly part_files: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly parts: readonly {
    readonly number: number;
    readonly name: string;
    /** Its first row. */
    readonly from: number;
    /** The row after its last. */
    readonly to: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
};

export type JobCheck = {
  readonly ok: boolean;
  /** How many were read. */
  readonly parts: number;
  readonly bytes: number;
  readonly damaged: readonly {
    readonly part: number;
    readonly code: 'part_missing' | 'part_damaged';
    readonly message: string;
  }[];
};

export type ListedScenario = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly retry_on_crash: boolean;
  readonly timeout_seconds: number | null;
  /** What the code says that it needs. */
  readonly requirements: readonly string[];
  readonly requires_python: string | null;
  /** Why the code is no Python; null: it is, or there was no Python to ask. */
  readonly problem: {
    readonly message: string;
    readonly line: number | null;
    readonly column: number | null;
  } | null;
  readonly created_at: string;
  readonly updated_at: string;
};

export type Scenario = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly retry_on_crash: boolean;
  readonly timeout_seconds: number | null;
  /** What the code says that it needs. */
  readonly requirements: readonly string[];
  readonly requires_python: string | null;
  /** Why the code is no Python; null: it is, or there was no Python to ask. */
  readonly problem: {
    readonly message: string;
    readonly line: number | null;
    readonly column: number | null;
  } | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly code: string;
  /** null: it names no packages. */
  readonly environment: ScenarioEnvironment | null;
};

export type ScenarioEnvironment = {
  /** `open`: the first run finds the versions. */
  readonly state: 'locked' | 'open';
  /** What it is locked for. */
  readonly python: string | null;
  readonly platform: string | null;
  /** Whether it stands on the pre-installed packages as they are; else it has versions of its own of all. */
  readonly preinstalled: boolean;
  /** All that is installed beside the pre-installed ones. */
  readonly packages: readonly {
    readonly name: string;
    readonly version: string;
  }[];
  /** Why it is open. */
  readonly problem: {
    readonly code: string;
    readonly message: string;
  } | null;
};

export type DeletedScenario = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly deleted_at: string;
  /** From then on it cannot be restored. */
  readonly purge_at: string;
};

export type ScenarioValidation = {
  readonly valid: boolean;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly pointer: string;
    readonly message: string;
    readonly hint?: string | undefined;
  }[];
  readonly requirements: readonly string[];
  readonly problem: {
    readonly message: string;
    readonly line: number | null;
    readonly column: number | null;
  } | null;
};

export type ExportedScenario = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly retry_on_crash: boolean;
  readonly timeout_seconds: number | null;
  /** What the code says that it needs. */
  readonly requirements: readonly string[];
  readonly requires_python: string | null;
  /** Why the code is no Python; null: it is, or there was no Python to ask. */
  readonly problem: {
    readonly message: string;
    readonly line: number | null;
    readonly column: number | null;
  } | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly code: string;
  /** null: it names no packages. */
  readonly environment: ScenarioEnvironment | null;
  readonly file: string;
};

export type ScenarioVersion = {
  readonly version: number;
  readonly name: string;
  readonly created_at: string;
  readonly created_by: string;
};

export type ScenarioRun = {
  readonly run_id: string;
  /** The same. */
  readonly id: string;
  readonly scenario_id: string;
  readonly scenario_version: number;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'timeout' | 'lost';
  /** As they were given, without what is secret. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The set or the schedule that it comes from. */
  readonly origin: Readonly<Record<string, unknown>>;
  /** What `dm.rng` and `random` of the script begin with. */
  readonly seed: string | null;
  readonly dry_run: boolean;
  /** The run that it was made again from. */
  readonly replay_of: string | null;
  readonly attempt: number;
  readonly attempts: readonly {
    readonly attempt: number;
    readonly started_at: string;
    readonly ended_at: string | null;
    readonly outcome: string | null;
  }[];
  readonly exit_code: number | null;
  readonly peak_memory_bytes: number | null;
  /** What was answered to the script; `incomplete` says why it cannot be replayed. */
  readonly record: {
    readonly calls: number;
    readonly bytes: number;
    readonly incomplete: string | null;
  } | null;
  /** Of a replay: how many calls were answered, and how many of the record were not made. */
  readonly replay: {
    readonly run_id: string;
    readonly calls: number;
    readonly not_asked: number;
  } | null;
  /** Of a dry run that has ended: what it would have written, in order. */
  readonly plan: {
    readonly writes: readonly {
      readonly action: string;
      readonly connection: {
        readonly id: string;
        readonly name: string;
        readonly type: string;
      } | null;
      readonly target: string;
      readonly rows: number | null;
      readonly calls: number;
      readonly first_rows: readonly Readonly<Record<string, unknown>>[];
    }[];
    readonly more: number;
  } | null;
  /** Why it did not come to a good end; `message` is the last line of a traceback, if there is one. */
  readonly error: {
    readonly code: string;
    readonly message: string;
  } | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly created_by: string;
  readonly request_id: string;
  readonly logs_url: string;
};

export type ScenarioSchedule = {
  readonly id: string;
  readonly scenario_id: string;
  readonly cron: string;
  readonly time_zone: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly paused: boolean;
  readonly next_at: string | null;
  /** The next five. */
  readonly next_times: readonly string[];
  readonly last_at: string | null;
  readonly last_run_id: string | null;
  readonly created_at: string;
  readonly created_by: string;
};

export type ListedChat = {
  readonly id: string;
  readonly name: string;
  /** Counts changes of name and permits. */
  readonly version: number;
  readonly mode: 'chat' | 'agent' | null;
  readonly permits: {
    /** What tools of the chat may do at most. */
    readonly risks: readonly ('read' | 'generate' | 'write' | 'outbound_or_destructive')[];
    /** Whether the agent may see and send values of sensitive fields; owners always let it. */
    readonly sensitive: boolean;
  };
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly usage: {
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly model_calls: number;
    /** By the prices of the settings; 0 where there are none. */
    readonly cost: number;
  };
};

export type Chat = {
  readonly id: string;
  readonly name: string;
  /** Counts changes of name and permits. */
  readonly version: number;
  readonly mode: 'chat' | 'agent' | null;
  readonly permits: {
    /** What tools of the chat may do at most. */
    readonly risks: readonly ('read' | 'generate' | 'write' | 'outbound_or_destructive')[];
    /** Whether the agent may see and send values of sensitive fields; owners always let it. */
    readonly sensitive: boolean;
  };
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly usage: {
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly model_calls: number;
    /** By the prices of the settings; 0 where there are none. */
    readonly cost: number;
  };
  /** The newest one. */
  readonly turn: {
    readonly id: string;
    readonly state: 'running' | 'waiting' | 'done' | 'failed' | 'stopped' | 'lost';
    /** Whether it has read what others wrote: then what leaves is asked for. */
    readonly tainted: boolean;
    readonly steps: number;
  } | null;
};

export type DeletedChat = {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: string;
  readonly purgeAt: string;
};

/** A server-sent event of a chat. */
export type ChatEvent = {
  readonly event:
    | 'message'
    | 'text'
    | 'plan'
    | 'call'
    | 'result'
    | 'approval'
    | 'decision'
    | 'again'
    | 'usage'
    | 'error'
    | 'done';
  /** JSON. */
  readonly data: string;
  /** What `Last-Event-ID` may say. */
  readonly id: string;
};

export type AgentPermissions = {
  /** What answers in chats; null: built-in patterns. */
  readonly model: string | null;
  readonly tools: readonly AgentTool[];
};

export type AgentTool = {
  readonly tool: string;
  readonly title: string;
  readonly risk: 'read' | 'generate' | 'write' | 'outbound_or_destructive';
  /** What counts now. */
  readonly permission: 'allow' | 'ask' | 'off';
  /** Whether nobody has said anything of it. */
  readonly isDefault: boolean;
};

/** The masked rows, and what was done to which field. */
export type Masked = {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
} & Readonly<Record<string, unknown>>;

/** A set; with `deleted=true` also how to restore it, and until when. */
export type ListedSet = {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  /** Of the rows as lines of JSON, in hexadecimal. */
  readonly sha256: string;
  /** The template that made it; null: rows were given. */
  readonly template_id: string | null;
  readonly template_version: number | null;
  readonly seed: string | null;
  readonly engine_version: string | null;
  /** A recipe makes the rows anew when they are loaded. */
  readonly stored_as: 'rows' | 'recipe';
  readonly created_at: string;
  readonly created_by: string;
  /** To restore it by. */
  readonly id?: string | undefined;
  readonly deleted_at?: string | undefined;
  /** From then on it cannot be restored. */
  readonly purge_at?: string | undefined;
};

export type SavedSet = {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  /** Of the rows as lines of JSON, in hexadecimal. */
  readonly sha256: string;
  /** The template that made it; null: rows were given. */
  readonly template_id: string | null;
  readonly template_version: number | null;
  readonly seed: string | null;
  readonly engine_version: string | null;
  /** A recipe makes the rows anew when they are loaded. */
  readonly stored_as: 'rows' | 'recipe';
  readonly created_at: string;
  readonly created_by: string;
};

export type LoadedSet = {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  /** Of the rows as lines of JSON, in hexadecimal. */
  readonly sha256: string;
  /** The template that made it; null: rows were given. */
  readonly template_id: string | null;
  readonly template_version: number | null;
  readonly seed: string | null;
  readonly engine_version: string | null;
  /** A recipe makes the rows anew when they are loaded. */
  readonly stored_as: 'rows' | 'recipe';
  readonly created_at: string;
  readonly created_by: string;
  readonly offset: number;
  readonly next_offset: number | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
};

export type VerifiedSet = {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  /** Of the rows as lines of JSON, in hexadecimal. */
  readonly sha256: string;
  /** A recipe makes the rows anew when they are loaded. */
  readonly stored_as: 'rows' | 'recipe';
  readonly engine_version: string | null;
  /** Whether the rows are still the ones that were saved. */
  readonly matches: boolean;
  readonly found_sha256: string;
  readonly engine_version_now: string;
};

export type SetDiff = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly key: string | null;
  readonly unchanged: number;
  readonly added: {
    readonly count: number;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  };
  readonly removed: {
    readonly count: number;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  };
  readonly changed: {
    readonly count: number;
    readonly rows: readonly {
      readonly at: unknown;
      readonly before: unknown;
      readonly after: unknown;
    }[];
  };
  /** Whether there are more rows of a kind than are shown. */
  readonly truncated: boolean;
};

export type WorkspaceFile = {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** By its content. */
  readonly kind: 'csv' | 'json' | 'ndjson' | 'yaml' | 'xlsx' | 'text';
  readonly content_type: string;
  readonly sha256: string;
  /** When there was a file of that name first. */
  readonly created_at: string;
  readonly uploaded_at: string;
  readonly uploaded_by: string;
};

export type ListedConnection = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Without a password. */
  readonly url: string;
  /** Without secrets. */
  readonly auth: {
    readonly type: string;
  } & Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  /** Whether a password, token or the like is kept. */
  readonly hasSecret: boolean;
  /** Hosts that this request has added to those of the secret that `auth.secret_ref` names; none unless said. */
  readonly secretHostsAdded?: readonly string[] | undefined;
  readonly verification: Verification;
  /** When it was last reached. */
  readonly lastVerifiedAt: string | null;
  /** Names of its tables, at most 1000; null: they were not read. */
  readonly metadata: {
    readonly tables?: readonly string[] | undefined;
    /** Of OData services, in place of `tables`. */
    readonly entitySets?: readonly string[] | undefined;
    readonly readAt: string;
  } | null;
  /** One more with each change. */
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly deletedAt?: string | undefined;
  readonly purgeAt?: string | undefined;
};

export type Verification = {
  readonly status: 'verified' | 'unverified';
  /** What is in the way, in a word to switch on. */
  readonly problem: string | null;
  readonly message: string | null;
  /** What to do about it. */
  readonly hint: string | null;
  /** What answered. */
  readonly server: {
    readonly product: string;
    readonly version: string;
    readonly notes: readonly string[];
  } | null;
  /** null: it was not tried since it was changed. */
  readonly at: string | null;
};

export type Connection = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Without a password. */
  readonly url: string;
  /** Without secrets. */
  readonly auth: {
    readonly type: string;
  } & Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  /** Whether a password, token or the like is kept. */
  readonly hasSecret: boolean;
  /** Hosts that this request has added to those of the secret that `auth.secret_ref` names; none unless said. */
  readonly secretHostsAdded?: readonly string[] | undefined;
  readonly verification: Verification;
  /** When it was last reached. */
  readonly lastVerifiedAt: string | null;
  /** Names of its tables, at most 1000; null: they were not read. */
  readonly metadata: {
    readonly tables?: readonly string[] | undefined;
    /** Of OData services, in place of `tables`. */
    readonly entitySets?: readonly string[] | undefined;
    readonly readAt: string;
  } | null;
  /** One more with each change. */
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
};

/** What a system says of its tables. */
export type Metadata = {
  readonly tables: readonly Table[];
  readonly notices: readonly {
    readonly subject: string;
    readonly message: string;
    /** Of what programs look at. */
    readonly code?: 'triggers' | 'no_transactions' | undefined;
  }[];
  readonly readAt: string;
};

export type Table = {
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly columns: readonly {
    readonly name: string;
    /** What its values are, whatever the system calls them. */
    readonly kind: string;
    /** As the system writes it. */
    readonly type: string;
    readonly dimensions: number;
    readonly nullable: boolean;
    readonly maxLength: number | null;
    readonly isPadded: boolean;
    readonly precision: number | null;
    readonly scale: number | null;
    /** The only ones, of an enumeration. */
    readonly values: readonly string[] | null;
    readonly default: string | null;
    readonly generated: 'always' | 'by_default' | null;
    /** Whether other columns of the row say what it is. */
    readonly isComputed?: boolean | undefined;
    /** Whether keys tell its texts apart neither by capitals nor by accents. */
    readonly isCaseless?: boolean | undefined;
    /** A value that goes into it, where its kind is `other`. */
    readonly sample?: string | undefined;
    readonly comment: string | null;
    /** Of documents: what was seen within, as columns like this one. */
    readonly inside?:
      | {
          readonly isList: boolean;
          readonly columns: readonly Readonly<Record<string, unknown>>[];
        }
      | undefined;
  }[];
  readonly primaryKey: {
    readonly name: string;
    readonly columns: readonly string[];
  } | null;
  readonly uniqueKeys: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly nullsAreEqual: boolean;
    readonly condition: string | null;
  }[];
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly to: {
      readonly schema: string;
      readonly name: string;
    };
    readonly toColumns: readonly string[];
    readonly isDeferrable: boolean;
  }[];
  readonly checks: readonly {
    readonly name: string;
    readonly expression: string;
  }[];
  readonly rowEstimate: number | null;
  /** Whether rows may have columns that are not described, as documents may. */
  readonly isOpen?: boolean | undefined;
  /** Rows of other tables that a row may bring with it, a list of them or one. */
  readonly nested?:
    | readonly {
        readonly name: string;
        readonly table: {
          readonly schema: string;
          readonly name: string;
        };
        readonly many: boolean;
        /** Columns within that are equal to columns of the row that they are in. */
        readonly link?:
          | readonly {
              readonly column: string;
              readonly parent: string;
            }[]
          | undefined;
        /** Of rows that are nowhere else: what they are, as a table like this one. */
        readonly contained?: Readonly<Record<string, unknown>> | undefined;
      }[]
    | undefined;
  /** Of REST: what is asked to put rows in, as the OpenAPI document has it. */
  readonly operation?:
    | {
        readonly method: 'POST' | 'PUT' | 'PATCH';
        readonly path: string;
        readonly rows:
          | 'body'
          | 'list'
          | {
              readonly property: string;
            };
        readonly parameters: readonly string[];
        readonly inBody: readonly string[];
      }
    | undefined;
};

export type TableRows = {
  readonly table: {
    readonly schema: string;
    readonly name: string;
  };
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Whether there are more. */
  readonly more: boolean;
};

export type PushReport = {
  readonly table: {
    readonly schema: string;
    readonly name: string;
  };
  /** Which column each field went into; null: none. */
  readonly columns: Readonly<Record<string, string | null>>;
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  /** The first hundred, of systems where each row has an outcome of its own. */
  readonly failures: readonly {
    readonly row: number;
    readonly status: number | null;
    readonly message: string;
  }[];
  /** Whether all rows were kept together, or would have been none. */
  readonly together: boolean;
  /** Of generated rows. */
  readonly seed: string | null;
};

export type TableTemplate = {
  /** As `POST /templates` takes it. */
  readonly template: Readonly<Record<string, unknown>>;
  /** What of the table is not in it, or is there in another way; each with a stable code. */
  readonly notices: readonly {
    readonly code?: string | undefined;
    readonly subject: string;
    readonly message: string;
  }[];
};

export type TableTemplates = {
  /** Each after those that it refers to: push them in this order, with one seed. */
  readonly templates: readonly {
    readonly table: {
      readonly schema: string;
      readonly name: string;
    };
    readonly template: Template;
    readonly notices: readonly {
      readonly code?: string | undefined;
      readonly subject: string;
      readonly message: string;
    }[];
  }[];
  /** Tables that no template was made of. */
  readonly leftOut: readonly {
    readonly schema: string;
    readonly name: string;
    readonly reason: string;
  }[];
};

export type ColumnMapping = {
  readonly templateId: string;
  readonly connectionId: string;
  readonly table: {
    readonly schema: string;
    readonly name: string;
  };
  /** false: it is suggested by names. */
  readonly saved: boolean;
  readonly columns: Readonly<Record<string, string | null>>;
  /** Columns that no field goes into, and what becomes of them. */
  readonly skipped: readonly {
    readonly column: string;
    readonly reason: 'generated' | 'default' | 'null' | 'required';
  }[];
  /** Why rows would not go in. */
  readonly problems: readonly {
    readonly code: string;
    readonly pointer: string;
    readonly message: string;
    readonly hint?: string | undefined;
  }[];
};

export type StatementAnswer = {
  /** Of the rows; none where there are no rows. */
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Whether it gave more: at most 10000 rows and 5 MiB are shown. */
  readonly more: boolean;
};

export type SeedPlan = {
  readonly seed: string;
  readonly planHash: string;
  readonly mode: 'chunks' | 'transaction';
  readonly target: {
    readonly type: string;
    /** Without user and password. */
    readonly url: string;
    readonly user?: string | undefined;
    readonly schemas?: readonly string[] | undefined;
  };
  /** In the order of writing: parents before children. */
  readonly tables: readonly {
    readonly table: string;
    readonly rows: number;
    /** How many are given a value. */
    readonly columns: number;
    /** What tells its rows apart. */
    readonly keys: readonly string[];
    readonly parents: readonly {
      readonly columns: readonly string[];
      readonly table: string;
      /** Whether it is filled when all rows are there: a circle. */
      readonly later: boolean;
    }[];
  }[];
  /** Tables that get no rows. */
  readonly leftOut: readonly string[];
  /** What is not understood or not kept; `blocks`: the table is left out. */
  readonly problems: readonly {
    readonly code: string;
    readonly subject: string;
    readonly message: string;
    readonly blocks: boolean;
  }[];
  readonly estimate: {
    readonly rows: number;
    /** As CSV, roughly. */
    readonly bytes: number;
  };
};

export type SeedReceipt = {
  readonly kind: 'datamaker/seed-receipt';
  readonly version: 1;
  readonly runId: string;
  readonly state: string;
  readonly target: {
    readonly type: string;
    /** Without user and password. */
    readonly url: string;
    readonly user?: string | undefined;
    readonly schemas?: readonly string[] | undefined;
  };
  readonly mode: 'chunks' | 'transaction';
  /** How many are known to be written. */
  readonly rows: number;
  readonly tables: readonly {
    readonly table: string;
    readonly rows: number;
    readonly of: number;
  }[];
  readonly updatedAt: string;
  /** The last run that takes it back. */
  readonly undo: {
    readonly runId: string;
    readonly undoneAt: string | null;
  } | null;
  /** All that the rows follow from. `datamaker undo` and `verify` take it. */
  readonly receipt: {
    readonly version: 1;
  } & Readonly<Record<string, unknown>>;
};

export type PushReceipt = {
  readonly kind: 'datamaker/push-receipt';
  readonly version: 1;
  readonly runId: string;
  readonly state: string;
  readonly target: {
    readonly type: string;
    /** Without user and password. */
    readonly url: string;
  };
  readonly table: {
    readonly schema: string;
    readonly name: string;
  };
  readonly columns: Readonly<Record<string, string | null>>;
  /** As it was when the push began. */
  readonly template: {
    readonly id: string;
    readonly name: string;
    readonly version: number;
  };
  /** Templates that it nests, as they were. */
  readonly nested: readonly {
    readonly id: string;
    readonly name: string;
    readonly version: number;
  }[];
  readonly seed: string;
  /** What `"now"` means in the template. */
  readonly now: string;
  /** Rows of the template that were asked for; those before `position` have an outcome. */
  readonly range: {
    readonly from: number;
    readonly to: number;
    readonly position: number;
  };
  readonly onConflict: 'fail' | 'skip' | 'update';
  /** How many are known to be written. */
  readonly rows: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unknown: number;
  /** Rows that were on their way when it ended. */
  readonly inDoubt: number;
  /** What tells the rows apart; null: nothing does. */
  readonly keys: {
    readonly columns: readonly string[];
    readonly madeBy: 'template' | 'system';
    /** Keys that the system made, both ends included; none where the template makes them. */
    readonly ranges: readonly (readonly unknown[])[];
    /** Those that are no whole numbers, one by one. */
    readonly others: readonly (readonly unknown[])[];
    /** Whether all of them are here. */
    readonly complete: boolean;
  } | null;
  /** Rows of other tables that went in within those of the push (deep insert). */
  readonly within?:
    | readonly {
        readonly path: string;
        readonly table: {
          readonly schema: string;
          readonly name: string;
        };
        readonly rows: number;
        readonly keys: {
          readonly columns: readonly string[];
          readonly madeBy: 'template' | 'system';
        } | null;
      }[]
    | undefined;
  /** Why it cannot be taken back; null: it can. */
  readonly undoable: {
    readonly code: string;
    readonly message: string;
  } | null;
  /** The last run that takes it back. */
  readonly undo: {
    readonly runId: string;
    readonly undoneAt: string | null;
  } | null;
  readonly updatedAt: string;
};

export type UndoReport = {
  readonly done: boolean;
  /** `dry_run`, `rows_edited` or `rows_in_use`. */
  readonly reason: string | null;
  /** Rows that were removed, or would be. */
  readonly removed: number;
  readonly tables: readonly {
    readonly table: string;
    readonly written: number;
    readonly removed: number;
    /** Rows that are not there any more. */
    readonly missing: number;
    /** Rows that were changed since. */
    readonly edited: number;
    readonly kept: number;
  }[];
  /** The first hundred of them. */
  readonly edited: readonly {
    readonly table: string;
    readonly key: Readonly<Record<string, unknown>>;
    readonly columns: readonly string[];
  }[];
  /** Rows of others that refer to rows of the run. */
  readonly uses: readonly {
    readonly table: string;
    readonly key: string;
    readonly to: string;
    readonly rows: number;
  }[];
  /** Columns whose values are not compared: a change of one of them alone is not seen. */
  readonly uncompared: readonly string[];
  /** Rows of a push of which nobody knows whether they arrived, nor by which key they are found. */
  readonly unknown: number;
};

export type SeedVerification = {
  /** Whether all rows are there as they were written. */
  readonly ok: boolean;
  readonly tables: readonly {
    readonly table: string;
    readonly expected: number;
    readonly found: number;
    readonly edited: number;
    /** A checksum of the keys that were written. */
    readonly expectedKeys: string;
    /** The same of those of them that are there. */
    readonly foundKeys: string;
  }[];
  /** Tables whose rows nothing tells apart. */
  readonly unchecked: readonly string[];
  /** Columns whose values are not compared: a change of one of them alone is not seen. */
  readonly uncompared: readonly string[];
};

export type PushCheck = {
  /** `keys`: each row was looked for; `none`: it cannot be done. */
  readonly by: 'keys' | 'none';
  readonly ok: boolean | null;
  readonly expected: number;
  readonly found: number | null;
  /** A checksum of the keys that were written. */
  readonly expected_keys: string | null;
  /** The same of those of them that are there. */
  readonly found_keys: string | null;
  /** The first hundred rows that are not there. */
  readonly missing: readonly number[];
  readonly message: string | null;
  readonly at: string;
  /** Rows that went in within others, by the path to them. */
  readonly within?:
    | readonly {
        readonly path: string;
        readonly expected: number;
        /** null: the system cannot be asked for them. */
        readonly found: number | null;
      }[]
    | undefined;
};

export type Workspace = {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Usage = {
  readonly plan: string;
  /** Requests, previews and rows are counted only where the plan limits them. */
  readonly meters: readonly {
    readonly name: 'requests' | 'previews' | 'rows' | 'files' | 'storage_bytes' | 'open_runs';
    readonly used: number;
    /** What the plan allows; null: any number. */
    readonly limit: number | null;
    /** The span that the limit speaks of; null: there is none. */
    readonly periodSeconds: number | null;
    /** Until nothing of it counts any more; null: it stays. */
    readonly resetSeconds: number | null;
  }[];
};

export type DeletedWorkspace = {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string;
  readonly purgeAt: string;
};

export type Project = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Invite = {
  readonly id: string;
  /** Each may do what those before it may. */
  readonly role: 'viewer' | 'member' | 'admin' | 'owner';
  /** The only address that it is for; null: any. */
  readonly email: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

export type NewInvite = {
  readonly id: string;
  /** Each may do what those before it may. */
  readonly role: 'viewer' | 'member' | 'admin' | 'owner';
  /** The only address that it is for; null: any. */
  readonly email: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** For `POST /invites/{token}/accept`; it is never shown again. */
  readonly token: string;
};

export type Key = {
  readonly id: string;
  readonly name: string;
  /** The first signs of it. */
  readonly display: string;
  /** Whose role it carries, as it is now. */
  readonly personId: string;
  /** The only project that it is for; null: any. */
  readonly projectId: string | null;
  readonly readOnly: boolean;
  /** What it is for; null: all that the role may do. */
  readonly scopes: readonly ('read' | 'generate' | 'run' | 'push' | 'admin')[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** To the minute. */
  readonly lastUsedAt: string | null;
};

export type NewKey = {
  readonly id: string;
  readonly name: string;
  /** The first signs of it. */
  readonly display: string;
  /** Whose role it carries, as it is now. */
  readonly personId: string;
  /** The only project that it is for; null: any. */
  readonly projectId: string | null;
  readonly readOnly: boolean;
  /** What it is for; null: all that the role may do. */
  readonly scopes: readonly ('read' | 'generate' | 'run' | 'push' | 'admin')[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** To the minute. */
  readonly lastUsedAt: string | null;
  /** The key itself; it is never shown again. */
  readonly key: string;
};

export type RotatedKey = {
  readonly id: string;
  readonly name: string;
  /** The first signs of it. */
  readonly display: string;
  /** Whose role it carries, as it is now. */
  readonly personId: string;
  /** The only project that it is for; null: any. */
  readonly projectId: string | null;
  readonly readOnly: boolean;
  /** What it is for; null: all that the role may do. */
  readonly scopes: readonly ('read' | 'generate' | 'run' | 'push' | 'admin')[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** To the minute. */
  readonly lastUsedAt: string | null;
  /** The key itself; it is never shown again. */
  readonly key: string;
  readonly replaced: Key;
};

/** What may be shown of a secret: not its value. */
export type Secret = {
  readonly id: string;
  readonly name: string;
  /** Whether it is for the project or for all of the workspace. */
  readonly reach: 'project' | 'workspace';
  /** null: of all projects. */
  readonly projectId: string | null;
  /** One more with each new value. */
  readonly version: number;
  /** Hosts that connections may send it to; each in lower case and ASCII. */
  readonly hosts: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  /** To the minute. */
  readonly lastUsedAt: string | null;
};

export type ListedCounter = {
  /** Of the counter, in the project. */
  readonly name: string;
  readonly value: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Counter = {
  /** Of the counter, in the project. */
  readonly name: string;
  /** The number that was given last; 0: none yet. */
  readonly value: number;
};

export type CounterBlock = {
  /** Of the counter, in the project. */
  readonly name: string;
  /** The last of the numbers. */
  readonly value: number;
  /** The first of them: all from here to `value` are yours. */
  readonly first: number;
};

export type Identity = {
  readonly person: Person;
  readonly workspaceId: string;
  readonly credential: 'key' | 'session' | 'run' | 'chat';
  readonly credentialId: string;
  readonly readOnly: boolean;
  /** What the key is for; null: all that the role may do. */
  readonly scopes: readonly ('read' | 'generate' | 'run' | 'push' | 'admin')[] | null;
  /** The only project that the key is for; null: any. */
  readonly projectId: string | null;
};

export type Act = {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  /** Who did it. */
  readonly personId: string | null;
  /** With which key or session. */
  readonly credentialId: string | null;
  /** What it was done to. */
  readonly subjectId: string | null;
  readonly projectId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
};

/** What the operations take and give, by name. */
export interface Operations {
  /** Whether the server and its database are well */
  readonly health: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Health;
  };
  /** Whether requests should be sent to this server */
  readonly readiness: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Readiness;
  };
  /** Who you are, and with what */
  readonly readSession: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Identity;
  };
  /** Sign in with e-mail address and password */
  readonly signIn: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly email: string;
      readonly password: string;
    };
    readonly answer: SignedIn;
  };
  /** Sign out */
  readonly signOut: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Take an invite: makes you a person of the workspace, and signs you in */
  readonly acceptInvite: {
    readonly path: {
      /** As the invite gave it. */
      readonly token: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
      readonly email: string;
      readonly password: string;
    };
    readonly answer: SignedIn;
  };
  /** Go to the provider to sign in */
  readonly beginOidc: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Come back from the provider: begins a session */
  readonly finishOidc: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List templates, the newest first */
  readonly listTemplates: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
      /** Only those that are called that. */
      readonly name?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Template[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Create a template */
  readonly createTemplate: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
      /** Each `{ name, type, options? }`; see the catalogue of types. */
      readonly fields: readonly unknown[];
      /** Of all fields that name no other. */
      readonly locale?: string | undefined;
      /** `population`: names and places as often as they are; `uniform`: all alike. */
      readonly weighting?: string | undefined;
    };
    readonly answer: Template;
  };
  /** Read a template, or a version of it */
  readonly readTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Template;
  };
  /** Change a template: adds a version */
  readonly changeTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string | undefined;
      /** Each `{ name, type, options? }`; see the catalogue of types. */
      readonly fields?: readonly unknown[] | undefined;
      readonly locale?: string | null | undefined;
      readonly weighting?: string | null | undefined;
    };
    readonly answer: Template;
  };
  /** Delete a template; it can be restored for 30 days */
  readonly deleteTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List the versions of a template, the newest first */
  readonly listTemplateVersions: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly TemplateVersion[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** What became of a template between two versions */
  readonly diffTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: {
      readonly from: string;
      readonly to: string;
    };
    readonly body: undefined;
    readonly answer: TemplateDiff;
  };
  /** Make a template what it was: adds a version */
  readonly rollBackTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly version: number;
    };
    readonly answer: Template;
  };
  /** What is wrong with a template; nothing is stored */
  readonly validateTemplate: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string | undefined;
      /** Each `{ name, type, options? }`; see the catalogue of types. */
      readonly fields: readonly unknown[];
      /** Of all fields that name no other. */
      readonly locale?: string | undefined;
      /** `population`: names and places as often as they are; `uniform`: all alike. */
      readonly weighting?: string | undefined;
    };
    readonly answer: TemplateValidation;
  };
  /** Create the templates of a bundle, all or none */
  readonly importTemplateBundle: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: TemplateBundle;
    readonly answer: {
      readonly templates: readonly Template[];
    };
  };
  /** The hundred templates that were deleted last */
  readonly listDeletedTemplates: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly DeletedTemplate[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** A template, or a version of it, with all that it nests */
  readonly exportTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: TemplateBundle;
  };
  /** Create a template that is as another, or a version of it */
  readonly duplicateTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string | undefined;
    };
    readonly answer: Template;
  };
  /** Take the deletion of a template back */
  readonly restoreTemplate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Template;
  };
  /** Make templates of a schema or a sample; nothing is stored */
  readonly importTemplates: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** The schema or sample itself; a spreadsheet in base64, with its kind `xlsx`. */
      readonly source: string;
      /** What the source is; found out unless given. */
      readonly kind?: string | undefined;
      /** Only this table, model, schema or sheet of it. */
      readonly entity?: string | undefined;
    };
    readonly answer: Imported;
  };
  /** Generate rows, as a stream or as a run */
  readonly generate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** How many rows. */
      readonly count?: unknown;
      /** The first row; default 0. Row i is the same in every range. */
      readonly from?: unknown;
      /** The row after the last, in place of `count`. */
      readonly to?: unknown;
      /** One of json, ndjson, csv, sql, xml, xlsx, parquet, avro, custom; default json. */
      readonly format?: unknown;
      /** A text or a number; drawn unless given, and told in `X-DataMaker-Seed`. */
      readonly seed?: unknown;
      /** `right`, `negative` or `boundary`. */
      readonly mode?: unknown;
      /** How rows are wrong on purpose. */
      readonly negative?: unknown;
      /** Field name → the value it has in every row, or `{ pick_from, weights }`, from which each row takes one. `{ constant }` is for values that look like that. */
      readonly overrides?: Readonly<Record<string, unknown>> | undefined;
      /** `true`: a run in place of a stream; `false`: a stream, however many rows. */
      readonly async?: unknown;
    } & Readonly<Record<string, unknown>>;
    readonly answer: Response | SubmittedRun;
  };
  /** How large a generation would be, and how long it would take */
  readonly estimate: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** How many rows. */
      readonly count?: unknown;
      /** The first row; default 0. Row i is the same in every range. */
      readonly from?: unknown;
      /** The row after the last, in place of `count`. */
      readonly to?: unknown;
      /** One of json, ndjson, csv, sql, xml, xlsx, parquet, avro, custom; default json. */
      readonly format?: unknown;
      /** A text or a number; drawn unless given, and told in `X-DataMaker-Seed`. */
      readonly seed?: unknown;
      /** `right`, `negative` or `boundary`. */
      readonly mode?: unknown;
      /** How rows are wrong on purpose. */
      readonly negative?: unknown;
      /** Field name → the value it has in every row, or `{ pick_from, weights }`, from which each row takes one. `{ constant }` is for values that look like that. */
      readonly overrides?: Readonly<Record<string, unknown>> | undefined;
      /** `true`: a run in place of a stream; `false`: a stream, however many rows. */
      readonly async?: unknown;
    } & Readonly<Record<string, unknown>>;
    readonly answer: Estimate;
  };
  /** The first three rows */
  readonly preview: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** A text or a number; drawn unless given, and told in `X-DataMaker-Seed`. */
      readonly seed?: unknown;
      /** `right`, `negative` or `boundary`. */
      readonly mode?: unknown;
      /** How rows are wrong on purpose. */
      readonly negative?: unknown;
      /** Field name → the value it has in every row, or `{ pick_from, weights }`, from which each row takes one. `{ constant }` is for values that look like that. */
      readonly overrides?: Readonly<Record<string, unknown>> | undefined;
    };
    readonly answer: readonly Readonly<Record<string, unknown>>[];
  };
  /** What is in the first rows */
  readonly profile: {
    readonly path: {
      /** The id of a template; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly count?: number | undefined;
      /** A text or a number; drawn unless given, and told in `X-DataMaker-Seed`. */
      readonly seed?: unknown;
      /** Field name → the value it has in every row, or `{ pick_from, weights }`, from which each row takes one. `{ constant }` is for values that look like that. */
      readonly overrides?: Readonly<Record<string, unknown>> | undefined;
    };
    readonly answer: Profile;
  };
  /** List runs, the newest first */
  readonly listRuns: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
      readonly state?: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'timeout' | 'lost' | undefined;
      readonly kind?: 'generation' | 'scenario' | 'push' | 'seed' | 'undo' | 'generation_job' | undefined;
      /** Runs of one template. */
      readonly template?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Run[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Read a run, or wait for its end */
  readonly readRun: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: {
      /** `true`: answers when the run has ended, or after five minutes. */
      readonly wait?: 'true' | 'false' | undefined;
    };
    readonly body: undefined;
    readonly answer: Run;
  };
  /** Delete a run and what came of it; one that has not ended is cancelled */
  readonly deleteRun: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Watch a run, as server-sent events */
  readonly watchRun: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Cancel a run that has not ended */
  readonly cancelRun: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Run;
  };
  /** Download what came of a run, all of it or a range of its bytes */
  readonly downloadRun: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Generate rows in parts, by as many workers as there are */
  readonly createJob: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** How many rows. */
      readonly count?: unknown;
      /** The first row; default 0. Row i is the same in every range. */
      readonly from?: unknown;
      /** The row after the last, in place of `count`. */
      readonly to?: unknown;
      /** One of json, ndjson, csv, sql, xml, xlsx, parquet, avro, custom; default json. */
      readonly format?: unknown;
      /** A text or a number; drawn unless given, and told in `X-DataMaker-Seed`. */
      readonly seed?: unknown;
      /** `right`, `negative` or `boundary`. */
      readonly mode?: unknown;
      /** How rows are wrong on purpose. */
      readonly negative?: unknown;
      /** Field name → the value it has in every row, or `{ pick_from, weights }`, from which each row takes one. `{ constant }` is for values that look like that. */
      readonly overrides?: Readonly<Record<string, unknown>> | undefined;
      /** The template; `@v3` behind it names a version. */
      readonly template_id: string;
      /** `files`: parts are kept for a week; `hash`: their bytes are counted, hashed and dropped. */
      readonly sink?: 'files' | 'hash' | undefined;
      /** Rows of a part; default: as many as suit. */
      readonly part_rows?: number | undefined;
      /** Whether each part is a file of its own: a folder of Parquet files, say, made by many workers. */
      readonly part_files?: boolean | undefined;
    } & Readonly<Record<string, unknown>>;
    readonly answer: SubmittedRun;
  };
  /** Read how far a job is, or wait for its end */
  readonly readJob: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: {
      /** `true`: answers when the run has ended, or after five minutes. */
      readonly wait?: 'true' | 'false' | undefined;
    };
    readonly body: undefined;
    readonly answer: Job;
  };
  /** What a job made: its parts, with their rows and hashes */
  readonly readManifest: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Manifest;
  };
  /** Download a part of a job, all of it or a range of its bytes */
  readonly downloadPart: {
    readonly path: {
      readonly id: string;
      readonly number: number;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Download all parts of a job, one after the other */
  readonly downloadJob: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Read parts of a job, and tell those whose bytes are not what was made */
  readonly verifyJob: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** The first part that is read; default: the first of all. */
      readonly first?: number | undefined;
      /** The last one. */
      readonly last?: number | undefined;
    };
    readonly answer: JobCheck;
  };
  /** List scenarios, the newest first, without their code */
  readonly listScenarios: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ListedScenario[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Create a scenario */
  readonly createScenario: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** `true`: saves it also when something is wrong with the code. */
      readonly force?: 'true' | 'false' | undefined;
    };
    readonly body: {
      readonly name: string;
      /** Python. */
      readonly code: string;
      /** Whether a run whose server died is begun again, at most twice; without, it is `lost`. */
      readonly retry_on_crash?: boolean | undefined;
      /** How long a run may take; null: as long as the plan says. */
      readonly timeout_seconds?: number | null | undefined;
    };
    readonly answer: Scenario;
  };
  /** The hundred scenarios that were deleted last */
  readonly listDeletedScenarios: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly DeletedScenario[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Read a scenario, or a version of it */
  readonly readScenario: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Scenario;
  };
  /** Replace the code of a scenario: adds a version */
  readonly replaceScenario: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: {
      /** `true`: saves it also when something is wrong with the code. */
      readonly force?: 'true' | 'false' | undefined;
    };
    readonly body: {
      readonly name?: string | undefined;
      /** Python. */
      readonly code?: string | undefined;
      /** Whether a run whose server died is begun again, at most twice; without, it is `lost`. */
      readonly retry_on_crash?: boolean | undefined;
      /** How long a run may take; null: as long as the plan says. */
      readonly timeout_seconds?: number | null | undefined;
    };
    readonly answer: Scenario;
  };
  /** Delete a scenario; runs that have not ended are cancelled, and it can be restored for 30 days */
  readonly deleteScenario: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Take the deletion of a scenario back */
  readonly restoreScenario: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Scenario;
  };
  /** What is wrong with code; nothing is stored or executed */
  readonly validateScenario: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Python. */
      readonly code: string;
    };
    readonly answer: ScenarioValidation;
  };
  /** All scenarios of the project, with their code, as an archive or as JSON */
  readonly exportScenarios: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly format?: 'zip' | 'json' | undefined;
    };
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Move scenarios to another project of the workspace, all or none */
  readonly moveScenarios: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly scenarios: readonly string[];
      /** Where they go. */
      readonly projectId: string;
    };
    readonly answer: undefined;
  };
  /** The code of a scenario, or of a version of it, as a file */
  readonly readScenarioCode: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** List the versions of a scenario, the newest first */
  readonly listScenarioVersions: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ScenarioVersion[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Make a scenario what it was: adds a version */
  readonly rollBackScenario: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly version: number;
    };
    readonly answer: Scenario;
  };
  /** Run a scenario */
  readonly runScenario: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** What the scenario finds in `dm.params`. */
      readonly params?: Readonly<Record<string, unknown>> | undefined;
      /** `"true"`: answers when the run has ended, or after five minutes. */
      readonly wait?: boolean | 'true' | 'false' | undefined;
      /** How long it may take, if that is less than the scenario and the plan give. */
      readonly timeout_seconds?: number | undefined;
      /** `true`: nothing is written anywhere; `plan` of the run says what would have been. */
      readonly dry_run?: boolean | undefined;
    };
    readonly answer: ScenarioRun;
  };
  /** List the runs of a scenario, the newest first */
  readonly listScenarioRuns: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
      readonly state?: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'timeout' | 'lost' | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ScenarioRun[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Run a scenario once for each row of a saved set, or for one of them */
  readonly runScenarioForSet: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly set: {
        readonly name: string;
        readonly version?: number | undefined;
        /** Only this row, counted from 0; default: one run for each. */
        readonly row?: number | undefined;
      };
      /** Of all runs; values of rows come before them. */
      readonly params?: Readonly<Record<string, unknown>> | undefined;
      /** How long it may take, if that is less than the scenario and the plan give. */
      readonly timeout_seconds?: number | undefined;
    };
    readonly answer: {
      readonly items: readonly ScenarioRun[];
      readonly total: number;
    };
  };
  /** Make a run again from its record: nothing is asked and nothing is changed */
  readonly replayScenarioRun: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
      /** As it was given when the run was made. */
      readonly runId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** `"true"`: answers when the run has ended, or after five minutes. */
      readonly wait?: boolean | 'true' | 'false' | undefined;
      /** How long it may take, if that is less than the scenario and the plan give. */
      readonly timeout_seconds?: number | undefined;
    };
    readonly answer: ScenarioRun;
  };
  /** Read a run of a scenario, or wait for its end */
  readonly readScenarioRun: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
      /** As it was given when the run was made. */
      readonly runId: string;
    };
    readonly query: {
      /** `true`: answers when the run has ended, or after five minutes. */
      readonly wait?: 'true' | 'false' | undefined;
    };
    readonly body: undefined;
    readonly answer: ScenarioRun;
  };
  /** Cancel a run of a scenario that has not ended */
  readonly cancelScenarioRun: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
      /** As it was given when the run was made. */
      readonly runId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: ScenarioRun;
  };
  /** The log of a run, as a text or as server-sent events */
  readonly readScenarioLog: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
      /** As it was given when the run was made. */
      readonly runId: string;
    };
    readonly query: {
      /** `true`: as server-sent events, until the run has ended. */
      readonly follow?: 'true' | 'false' | undefined;
      /** The first line, counted from 1. */
      readonly from?: string | undefined;
      /** At most so many lines. */
      readonly lines?: string | undefined;
      /** The last lines, so many. */
      readonly tail?: string | undefined;
      /** The first byte, in place of `from`. */
      readonly offset?: string | undefined;
      /** Only lines with this text in them, capital letters or not; each begins with its number and a colon. */
      readonly search?: string | undefined;
      /** `true`: as a file. */
      readonly download?: 'true' | 'false' | undefined;
    };
    readonly body: undefined;
    readonly answer: Response;
  };
  /** List the schedules of a scenario, the newest first */
  readonly listScenarioSchedules: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ScenarioSchedule[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Have a scenario run by itself */
  readonly createScenarioSchedule: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Minute, hour, day, month, weekday; or `@daily` and the like. */
      readonly cron: string;
      /** Of the IANA database; default UTC. */
      readonly time_zone?: string | undefined;
      /** What the scenario finds in `dm.params`. */
      readonly params?: Readonly<Record<string, unknown>> | undefined;
      /** Whether nothing is run for now. */
      readonly paused?: boolean | undefined;
    };
    readonly answer: ScenarioSchedule;
  };
  /** Change a schedule, pause it or have it go on */
  readonly changeScenarioSchedule: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
      /** As it was given when it was created. */
      readonly scheduleId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Minute, hour, day, month, weekday; or `@daily` and the like. */
      readonly cron?: string | undefined;
      /** Of the IANA database; default UTC. */
      readonly time_zone?: string | undefined;
      /** What the scenario finds in `dm.params`. */
      readonly params?: Readonly<Record<string, unknown>> | undefined;
      /** Whether nothing is run for now. */
      readonly paused?: boolean | undefined;
    };
    readonly answer: ScenarioSchedule;
  };
  /** Delete a schedule */
  readonly deleteScenarioSchedule: {
    readonly path: {
      /** The id of a scenario; `@v` and a number behind it name a version. */
      readonly ref: string;
      /** As it was given when it was created. */
      readonly scheduleId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List chats of the project, the newest first */
  readonly listChats: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ListedChat[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Begin a chat with the agent */
  readonly createChat: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string | undefined;
      readonly permits?:
        | {
            /** What tools of the chat may do at most. */
            readonly risks?: readonly ('read' | 'generate' | 'write' | 'outbound_or_destructive')[] | undefined;
            /** Whether the agent may see and send values of sensitive fields; owners always let it. */
            readonly sensitive?: boolean | undefined;
          }
        | undefined;
    };
    readonly answer: Chat;
  };
  /** The hundred chats that were deleted last */
  readonly listDeletedChats: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly DeletedChat[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Move chats to another project of the workspace, all or none */
  readonly moveChats: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly chats: readonly string[];
      /** Where they go. */
      readonly projectId: string;
    };
    readonly answer: undefined;
  };
  /** Read a chat, without what was said */
  readonly readChat: {
    readonly path: {
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Chat;
  };
  /** Rename a chat, or change what its agent may do: its author does that */
  readonly changeChat: {
    readonly path: {
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string | undefined;
      readonly permits?:
        | {
            /** What tools of the chat may do at most. */
            readonly risks?: readonly ('read' | 'generate' | 'write' | 'outbound_or_destructive')[] | undefined;
            /** Whether the agent may see and send values of sensitive fields; owners always let it. */
            readonly sensitive?: boolean | undefined;
          }
        | undefined;
    };
    readonly answer: Chat;
  };
  /** Delete a chat; what is under way in it ends, and it can be restored for 30 days */
  readonly deleteChat: {
    readonly path: {
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Take the deletion of a chat back */
  readonly restoreChat: {
    readonly path: {
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Chat;
  };
  /** Say something in a chat: what happens for it comes as server-sent events, to its end */
  readonly sendMessage: {
    readonly path: {
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly text: string;
      /** `chat` looks and makes rows, in a few steps; `agent` plans, writes and sends. Fixed by the first message. */
      readonly mode?: 'chat' | 'agent' | undefined;
    };
    readonly answer: Response;
  };
  /** All that happened in a chat, and what happens, until nothing is under way */
  readonly followChat: {
    readonly path: {
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** End what is under way in a chat; calls that were made are not undone */
  readonly stopChat: {
    readonly path: {
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Chat;
  };
  /** Let a call be made, once, as it was shown */
  readonly approveCall: {
    readonly path: {
      readonly id: string;
      readonly approvalId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Chat;
  };
  /** Do not let a call be made */
  readonly refuseCall: {
    readonly path: {
      readonly id: string;
      readonly approvalId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Chat;
  };
  /** The tools of the agent, and whether it may use them, has to ask, or has them not */
  readonly listAgentPermissions: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: AgentPermissions;
  };
  /** Say whether agents may use a tool; null takes back what was said */
  readonly setAgentPermission: {
    readonly path: {
      readonly tool: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly permission: 'allow' | 'ask' | 'off' | null;
    };
    readonly answer: AgentPermissions;
  };
  /** Mask rows, all or none; nothing is kept */
  readonly maskRows: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly rows: readonly unknown[];
      /** Field → its strategy with options. */
      readonly fields?: unknown;
      /** Field → strategy. */
      readonly strategies?: unknown;
      /** What the rows look like, for its sensitive fields and its types. */
      readonly templateId?: string | undefined;
      readonly seed?: unknown;
      readonly key?: string | undefined;
      readonly keyName?: string | undefined;
    };
    readonly answer: Masked;
  };
  /** List sets at their newest version, the newest set first; or deleted ones that can be restored */
  readonly listSets: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
      /** `true`: those that were deleted and are not purged yet. */
      readonly deleted?: 'true' | 'false' | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ListedSet[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Save rows, or what a template makes of a seed; a name that is there gets a new version */
  readonly saveSet: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
      /** Objects; numbers keep all their digits. */
      readonly rows?: readonly unknown[] | undefined;
      readonly template_id?: string | undefined;
      readonly count?: unknown;
      readonly seed?: unknown;
      readonly version?: number | undefined;
    };
    readonly answer: SavedSet;
  };
  /** Load a set, all rows or some, as it is or in a format */
  readonly loadSet: {
    readonly path: {
      /** The name of a set. */
      readonly name: string;
    };
    readonly query: {
      readonly version?: string | undefined;
      /** The first row, from 0. */
      readonly offset?: string | undefined;
      /** How many rows; default: all. */
      readonly limit?: string | undefined;
      /** The rows alone, as one of json, ndjson, csv, sql, xml, xlsx, parquet, avro, custom. */
      readonly format?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: LoadedSet;
  };
  /** Delete a set with all its versions; it can be restored for 30 days */
  readonly deleteSet: {
    readonly path: {
      /** The name of a set. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Take the deletion of a set back */
  readonly restoreSet: {
    readonly path: {
      /** The name of a set. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Which of several deleted sets that had the name; default: the one that was deleted last. */
      readonly id?: string | undefined;
      /** What it is called from now on, when another set has its name. */
      readonly as?: string | undefined;
    };
    readonly answer: SavedSet;
  };
  /** List the versions of a set, the newest first */
  readonly listSetVersions: {
    readonly path: {
      /** The name of a set. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly SavedSet[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Make or read the rows again, and tell whether they are the ones that were saved */
  readonly verifySet: {
    readonly path: {
      /** The name of a set. */
      readonly name: string;
    };
    readonly query: {
      readonly version?: string | undefined;
    };
    readonly body: Readonly<Record<string, never>>;
    readonly answer: VerifiedSet;
  };
  /** Compare two versions, row by row or by a key */
  readonly diffSet: {
    readonly path: {
      /** The name of a set. */
      readonly name: string;
    };
    readonly query: {
      readonly from: string;
      readonly to: string;
      /** The column that tells rows apart. */
      readonly key?: string | undefined;
      /** Most rows of each kind. */
      readonly limit?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: SetDiff;
  };
  /** List files, the newest first */
  readonly listFiles: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly WorkspaceFile[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Upload a file; one with its name is replaced */
  readonly uploadFile: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: FormData;
    readonly answer: WorkspaceFile;
  };
  /** Download a file, all of it or a range of its bytes */
  readonly downloadFile: {
    readonly path: {
      /** The name, with its folders. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Response;
  };
  /** Delete a file, at once and for good */
  readonly deleteFile: {
    readonly path: {
      /** The name, with its folders. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List connections, the newest first; or deleted ones that can be restored */
  readonly listConnections: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
      /** Only the one that is called that. */
      readonly name?: string | undefined;
      /** `true`: those that were deleted and are not purged yet. */
      readonly deleted?: 'true' | 'false' | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ListedConnection[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Create a connection, and try it */
  readonly createConnection: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
      /** Which system it is. */
      readonly type: 'postgres' | 'mysql' | 'mssql' | 'oracle' | 'db2' | 'mongodb' | 'rest' | 'sap_odata';
      /** As is usual for the system. A password in it becomes a secret, and is never shown again. */
      readonly url: string;
      /** How to sign in: `{ type, … }`. Passwords and tokens become secrets; in place of one, `secret_ref` names a secret of people, which has to be meant for the host. */
      readonly auth?: Readonly<Record<string, unknown>> | undefined;
      /** What else is to be said to the system, by its type. */
      readonly options?: Readonly<Record<string, unknown>> | undefined;
      /** Whether nothing is ever changed through it. */
      readonly readOnly?: boolean | undefined;
    };
    readonly answer: Connection;
  };
  /** Read a connection, without its secrets */
  readonly readConnection: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Connection;
  };
  /** Change a connection, and try it where it may lead elsewhere */
  readonly changeConnection: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string | undefined;
      /** As is usual for the system. A password in it becomes a secret, and is never shown again. */
      readonly url?: string | undefined;
      /** How to sign in: `{ type, … }`. Passwords and tokens become secrets; in place of one, `secret_ref` names a secret of people, which has to be meant for the host. */
      readonly auth?: Readonly<Record<string, unknown>> | undefined;
      /** What else is to be said to the system, by its type. */
      readonly options?: Readonly<Record<string, unknown>> | undefined;
      /** Whether nothing is ever changed through it. */
      readonly readOnly?: boolean | undefined;
    };
    readonly answer: Connection;
  };
  /** Delete a connection; for 30 days it can be restored */
  readonly deleteConnection: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Take the deletion of a connection back */
  readonly restoreConnection: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** What it is called from now on, when another connection has its name. */
      readonly as?: string | undefined;
    };
    readonly answer: Connection;
  };
  /** Try a connection */
  readonly verifyConnection: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Connection;
  };
  /** Move connections to another project of the workspace, all or none */
  readonly moveConnections: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly connections: readonly string[];
      /** Where they go. */
      readonly projectId: string;
    };
    readonly answer: undefined;
  };
  /** Tables of a system, with their columns and keys */
  readonly readMetadata: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: {
      /** `true`: ask the system, also when that was done within the hour. */
      readonly refresh?: 'true' | 'false' | undefined;
      /** Only this one. */
      readonly table?: string | undefined;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: Metadata;
  };
  /** Some rows of a table */
  readonly readRows: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: {
      readonly table: string;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
      /** Which columns, once for each; default: all. */
      readonly column?: readonly string[] | undefined;
      /** Conditions as JSON, all of which hold: `[{"column":"id","is":">=","value":10}]`. */
      readonly where?: string | undefined;
      /** In the language of the system: `$filter` of OData, the query of REST. */
      readonly filter?: string | undefined;
      /** Columns by which they are in order, ascending. */
      readonly orderBy?: readonly string[] | undefined;
      /** Most rows. */
      readonly top?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: TableRows;
  };
  /** Put rows into a table: rows that are given, or those of a template */
  readonly pushRows: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly table: string;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
      /** Objects, at most 10000. */
      readonly rows?: readonly unknown[] | undefined;
      /** In place of `rows`. */
      readonly template_id?: string | undefined;
      /** How many rows of the template. */
      readonly count?: unknown;
      /** The first row; default 0. */
      readonly from?: unknown;
      readonly seed?: unknown;
      readonly overrides?: Readonly<Record<string, unknown>> | undefined;
      /** The column of each field; null: the field is left out. */
      readonly mapping?: Readonly<Record<string, string | null>> | undefined;
      /** What to do with a row whose key is there already. */
      readonly on_conflict?: 'fail' | 'skip' | 'update' | undefined;
      /** Columns that tell rows apart; default: the primary key. */
      readonly key?: readonly string[] | undefined;
      /** Most rows that are sent together. */
      readonly batch_size?: number | undefined;
      /** The `Idempotency-Key` of another request of this route. This one, which has a key as well, is done when that one has been answered with 200, and else refused: so the next rows may be on their way while those before are written. */
      readonly after?: string | undefined;
      /** Of REST: one row in each request, or many; default: what the connection says. */
      readonly mode?: 'row' | 'batch' | undefined;
      /** Of REST: rows go in lists under this key; `mode` is `batch` then. */
      readonly batch_key?: string | undefined;
    };
    readonly answer: PushReport;
  };
  /** A template of rows for a table, or for an operation of an OpenAPI document */
  readonly readTableTemplate: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: {
      readonly table: string;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
      /** Navigation properties of OData whose entities go with each row, once for each. */
      readonly expand?: readonly string[] | undefined;
      /** Of the values, where nothing else says so. */
      readonly locale?: string | undefined;
      /** What foreign keys take their values from: `rows`, those that are there when rows are made (`db_response`); `none`: null where that may be. */
      readonly references?: 'rows' | 'none' | undefined;
    };
    readonly body: undefined;
    readonly answer: TableTemplate;
  };
  /** Create templates of tables: all of them or none */
  readonly createTableTemplates: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Names of tables, or objects that also say what the template is called; default: all. */
      readonly tables?:
        | readonly (
            | string
            | {
                readonly table: string;
                /** Where the table is, when several schemas have one of that name. */
                readonly schema?: string | undefined;
                readonly name?: string | undefined;
                /** Of OData: navigation properties whose entities go with each row (deep insert): `to_Item`, `to_Item/to_ScheduleLine`. See `nested` in the metadata. */
                readonly expand?: readonly string[] | undefined;
              }
          )[]
        | undefined;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
      /** Of OData: navigation properties whose entities go with each row (deep insert): `to_Item`, `to_Item/to_ScheduleLine`. See `nested` in the metadata. */
      readonly expand?: readonly string[] | undefined;
      /** Of the values, where nothing else says so. */
      readonly locale?: string | undefined;
      /** What foreign keys take their values from: `templates`, rows of the templates that are made here, for the same seed (and `rows` for other tables); `rows`: those that are there when rows are made; `none`: null where that may be. */
      readonly references?: 'templates' | 'rows' | 'none' | undefined;
      /** How many rows of a template those of others refer to. */
      readonly rows?: number | undefined;
    };
    readonly answer: TableTemplates;
  };
  /** Which fields go into which columns: as it was saved, or as names suggest */
  readonly readMapping: {
    readonly path: {
      /** The id of a template; to read, with `@v3` for a version of it. */
      readonly ref: string;
      /** As it was given when it was created. */
      readonly connectionId: string;
    };
    readonly query: {
      /** Needed until a mapping is saved. */
      readonly table?: string | undefined;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: ColumnMapping;
  };
  /** Say which fields go into which columns */
  readonly saveMapping: {
    readonly path: {
      /** The id of a template; to read, with `@v3` for a version of it. */
      readonly ref: string;
      /** As it was given when it was created. */
      readonly connectionId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly table: string;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
      /** The column of each field; null: the field is left out. */
      readonly columns: Readonly<Record<string, string | null>>;
    };
    readonly answer: ColumnMapping;
  };
  /** Forget what was said of fields and columns */
  readonly deleteMapping: {
    readonly path: {
      /** The id of a template; to read, with `@v3` for a version of it. */
      readonly ref: string;
      /** As it was given when it was created. */
      readonly connectionId: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Put rows of a template into a table, as a run */
  readonly pushTemplate: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Also a version of it: `…@v3`. */
      readonly template_id: string;
      /** The table. `entity` and `path` are other words for it; a REST connection may have a path of its own. */
      readonly table?: string | undefined;
      /** Of OData: `table`. */
      readonly entity?: string | undefined;
      /** Of REST: `table`. */
      readonly path?: string | undefined;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
      /** How many rows. */
      readonly count?: unknown;
      /** The first row; default 0. */
      readonly from?: unknown;
      /** The row after the last, in place of `count`. */
      readonly to?: unknown;
      readonly seed?: unknown;
      readonly overrides?: Readonly<Record<string, unknown>> | undefined;
      /** As with `pushRows`; null: also what was saved for template and connection does not count. */
      readonly mapping?: Readonly<Record<string, string | null>> | null | undefined;
      /** What to do with a row whose key is there already. */
      readonly on_conflict?: 'fail' | 'skip' | 'update' | undefined;
      /** Columns that tell rows apart; default: the primary key. */
      readonly key?: readonly string[] | undefined;
      /** Most rows that are sent together. */
      readonly batch_size?: number | undefined;
      /** Of REST: rows go in lists under this key. */
      readonly batch_key?: string | undefined;
      /** Most rows in a second. */
      readonly rate_limit?: number | undefined;
      /** Attempts after the first; default 4. */
      readonly retries?: number | undefined;
      /** For some thousand rows of a database, or a request; default 120, of HTTP what the connection says. */
      readonly timeout_seconds?: number | undefined;
      /** Whether the rows are read back by their keys at the end. */
      readonly verify?: boolean | undefined;
    };
    readonly answer: SubmittedRun;
  };
  /** Have a push or a seed go on that failed or was cancelled, or a job that failed */
  readonly resumeRun: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** What becomes of rows of which it is not known whether they arrived. */
      readonly unknown?: 'resend' | 'skip' | undefined;
    };
    readonly answer: SubmittedRun;
  };
  /** Send a statement to a database, and see what it gives */
  readonly executeStatement: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** One statement, in the SQL of the system. */
      readonly sql: string;
      /** Values for the places in it, which are written as the system does: `$1` of PostgreSQL, `?` of MySQL. Integers beyond 2^53 as texts. */
      readonly params?: readonly unknown[] | undefined;
    };
    readonly answer: StatementAnswer;
  };
  /** Save rows of a table as a set */
  readonly fetchRows: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** The table. `entity` and `path` are other words for it; a REST connection may have a path of its own. */
      readonly table?: string | undefined;
      /** Of OData: `table`. */
      readonly entity?: string | undefined;
      /** Of REST: `table`. */
      readonly path?: string | undefined;
      /** Where the table is, when several schemas have one of that name. */
      readonly schema?: string | undefined;
      /** Which columns; default: all. */
      readonly select?: readonly string[] | undefined;
      /** Conditions, all of which hold. */
      readonly where?: readonly unknown[] | undefined;
      /** In the language of the system: `$filter` of OData, the query of REST. */
      readonly filter?: string | undefined;
      /** Columns by which they are in order, ascending. */
      readonly order_by?: readonly string[] | undefined;
      /** Most rows. */
      readonly top?: number | undefined;
      /** What the set is called. */
      readonly set: string;
    };
    readonly answer: SavedSet;
  };
  /** Plan how a whole database is filled */
  readonly planSeed: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** The same seed gives the same rows. Default: drawn. */
      readonly seed?: string | undefined;
      /** Rows of each table that belongs to no other; default 100. */
      readonly rows?: number | undefined;
      /** Rows of every table, in place of counting by what they belong to. */
      readonly everyTable?: number | undefined;
      /** Rows for each row of the table that they belong to; default 1 to 3. */
      readonly fanOut?:
        | {
            readonly min: number;
            readonly max: number;
          }
        | undefined;
      /** By `schema.name`, or by name alone. */
      readonly tables?:
        | Readonly<
            Record<
              string,
              {
                /** How many rows; 0 leaves the table out. */
                readonly rows?: number | undefined;
                /** How many rows for each row of the table that it belongs to. */
                readonly perParent?:
                  | {
                      readonly min: number;
                      readonly max: number;
                    }
                  | undefined;
                /** The foreign key by which rows are counted: its name, or one of its columns. */
                readonly parent?: string | undefined;
              }
            >
          >
        | undefined;
      /** The language and country of values. */
      readonly locale?: string | undefined;
      /** `chunks`: what was written stays, and the run goes on behind it; `transaction`: all or none. */
      readonly mode?: 'chunks' | 'transaction' | undefined;
    };
    readonly answer: SeedPlan;
  };
  /** Fill a whole database, as a run */
  readonly seedConnection: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** The same seed gives the same rows. Default: drawn. */
      readonly seed?: string | undefined;
      /** Rows of each table that belongs to no other; default 100. */
      readonly rows?: number | undefined;
      /** Rows of every table, in place of counting by what they belong to. */
      readonly everyTable?: number | undefined;
      /** Rows for each row of the table that they belong to; default 1 to 3. */
      readonly fanOut?:
        | {
            readonly min: number;
            readonly max: number;
          }
        | undefined;
      /** By `schema.name`, or by name alone. */
      readonly tables?:
        | Readonly<
            Record<
              string,
              {
                /** How many rows; 0 leaves the table out. */
                readonly rows?: number | undefined;
                /** How many rows for each row of the table that it belongs to. */
                readonly perParent?:
                  | {
                      readonly min: number;
                      readonly max: number;
                    }
                  | undefined;
                /** The foreign key by which rows are counted: its name, or one of its columns. */
                readonly parent?: string | undefined;
              }
            >
          >
        | undefined;
      /** The language and country of values. */
      readonly locale?: string | undefined;
      /** `chunks`: what was written stays, and the run goes on behind it; `transaction`: all or none. */
      readonly mode?: 'chunks' | 'transaction' | undefined;
      /** Of a plan that somebody looked at: a run begins only if the plan is still that. */
      readonly planHash?: string | undefined;
    };
    readonly answer: SubmittedRun;
  };
  /** What a seed or a push has written, as far as it came */
  readonly readReceipt: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: SeedReceipt | PushReceipt;
  };
  /** Remove exactly the rows that a seed or a push has written */
  readonly undoSeed: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Tells what would be removed, and removes nothing. */
      readonly dryRun?: boolean | undefined;
      /** What becomes of rows that were changed since; `refuse`: nothing is removed at all. */
      readonly edited?: 'refuse' | 'keep' | 'remove' | undefined;
    };
    readonly answer: UndoReport | SubmittedRun;
  };
  /** Read back what a seed or a push has written: counts, changes and a checksum of keys */
  readonly verifySeed: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: SeedVerification | PushCheck;
  };
  /** Read the workspace */
  readonly readWorkspace: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Workspace;
  };
  /** Rename the workspace, or put it on another plan */
  readonly changeWorkspace: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name?: string | undefined;
      /** What limits there are; `self-hosted` has none. */
      readonly plan?: 'free' | 'pro' | 'enterprise' | 'self-hosted' | undefined;
    };
    readonly answer: Workspace;
  };
  /** Delete the workspace: keys, sessions, schedules and runs end at once */
  readonly deleteWorkspace: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Of the workspace, as it is: so that it is no other. */
      readonly name: string;
    };
    readonly answer: DeletedWorkspace;
  };
  /** Read what the workspace uses of what its plan allows */
  readonly readUsage: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Usage;
  };
  /** Take the deletion of the workspace back */
  readonly restoreWorkspace: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Workspace;
  };
  /** List projects, the newest first */
  readonly listProjects: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Project[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Create a project */
  readonly createProject: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
    };
    readonly answer: Project;
  };
  /** Read a project */
  readonly readProject: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Project;
  };
  /** Rename a project */
  readonly renameProject: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
    };
    readonly answer: Project;
  };
  /** Delete a project with nothing in it; keys for it only work no more */
  readonly deleteProject: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Move templates to another project of the workspace, all or none */
  readonly moveTemplates: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly templates: readonly string[];
      /** Where they go. */
      readonly projectId: string;
    };
    readonly answer: undefined;
  };
  /** Move sets to another project of the workspace, all or none */
  readonly moveSets: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly sets: readonly string[];
      /** Where they go. */
      readonly projectId: string;
    };
    readonly answer: undefined;
  };
  /** Move files to another project of the workspace, all or none */
  readonly moveFiles: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly files: readonly string[];
      /** Where they go. */
      readonly projectId: string;
    };
    readonly answer: undefined;
  };
  /** List people, the newest first */
  readonly listPeople: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Person[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Whose key or session it is */
  readonly readSelf: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Person;
  };
  /** Change one’s own name */
  readonly changeSelf: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
    };
    readonly answer: Person;
  };
  /** Set one’s own password and e-mail address; other sessions end */
  readonly setPassword: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** To sign in with; needed when there is none yet. */
      readonly email?: string | undefined;
      readonly password: string;
      /** In a session: the one that there is. */
      readonly currentPassword?: string | undefined;
    };
    readonly answer: undefined;
  };
  /** Read a person */
  readonly readPerson: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Person;
  };
  /** Give a person another role, never one above your own */
  readonly changeRole: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Each may do what those before it may. */
      readonly role: 'viewer' | 'member' | 'admin' | 'owner';
    };
    readonly answer: Person;
  };
  /** Let a person go: keys and sessions end at once */
  readonly removePerson: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List invites that can still be taken, the newest first */
  readonly listInvites: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Invite[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Invite somebody, with a role that is not above your own */
  readonly createInvite: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Each may do what those before it may. */
      readonly role: 'viewer' | 'member' | 'admin' | 'owner';
      /** The only address that it is for; any unless given. */
      readonly email?: string | undefined;
      readonly expiresInDays?: number | undefined;
    };
    readonly answer: NewInvite;
  };
  /** Withdraw an invite */
  readonly withdrawInvite: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List keys, the newest first */
  readonly listKeys: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Key[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Make a key; it carries your role, as it is whenever the key is used */
  readonly createKey: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
      /** The only project that it is for; any of the workspace unless given. */
      readonly projectId?: string | undefined;
      readonly readOnly?: boolean | undefined;
      /** `read`: see things; `generate`: make rows, templates, sets, files and chats; `run`: make and execute scenarios, end runs; `push`: make connections and send to them; `admin`: keys, secrets, people and all else. Left out: all that your role may do. */
      readonly scopes?: readonly ('read' | 'generate' | 'run' | 'push' | 'admin')[] | undefined;
      /** `mcp`: without `scopes` it gets `read` and `generate`. */
      readonly for?: 'mcp' | undefined;
      readonly expiresAt?: string | undefined;
    };
    readonly answer: NewKey;
  };
  /** Read what may be shown of a key */
  readonly readKey: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Key;
  };
  /** Rename a key */
  readonly renameKey: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      readonly name: string;
    };
    readonly answer: Key;
  };
  /** Revoke a key, from the next request on */
  readonly revokeKey: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Make one of your keys anew; the old one works a while longer */
  readonly rotateKey: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** How long the old one works beside the new one. */
      readonly overlapHours?: number | undefined;
    };
    readonly answer: RotatedKey;
  };
  /** List secrets of the project and of the workspace, the newest first, without their values */
  readonly listSecrets: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Secret[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** Create a secret; one for the whole workspace needs an administrator */
  readonly createSecret: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** Also that of the environment variable in scenarios. */
      readonly name: string;
      /** At most 64 KiB in UTF-8. It is never shown again. */
      readonly value: string;
      /** Whether it is for the project or for all of the workspace. */
      readonly reach?: 'project' | 'workspace' | undefined;
      /** Hosts that connections may send it to: `host` for any port, `host:port`, or `*.domain` for all beneath a domain. Connections to others are refused (`secret_not_for_host`). */
      readonly hosts?: readonly string[] | undefined;
    };
    readonly answer: Secret;
  };
  /** Read what may be shown of a secret */
  readonly readSecret: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Secret;
  };
  /** Give a secret another value, or say anew which hosts it may be sent to */
  readonly changeSecret: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** At most 64 KiB in UTF-8. It is never shown again. */
      readonly value?: string | undefined;
      /** Hosts that connections may send it to: `host` for any port, `host:port`, or `*.domain` for all beneath a domain. Connections to others are refused (`secret_not_for_host`). At most 100, unless all of them are hosts of the secret already. */
      readonly hosts?: readonly string[] | undefined;
    };
    readonly answer: Secret;
  };
  /** Delete a secret for good */
  readonly deleteSecret: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List counters, the newest first */
  readonly listCounters: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ListedCounter[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** See which number was given last; 0 when there was none */
  readonly peekCounter: {
    readonly path: {
      /** Of the counter, in the project. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Counter;
  };
  /** Delete a counter for good */
  readonly deleteCounter: {
    readonly path: {
      /** Of the counter, in the project. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Take the next number of a counter, or the next `count`; it is made when it is not there */
  readonly nextOfCounter: {
    readonly path: {
      /** Of the counter, in the project. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: {
      /** How many numbers to take at once. */
      readonly count?: number | undefined;
    };
    readonly answer: CounterBlock;
  };
  /** Let the next number of a counter be 1 again */
  readonly resetCounter: {
    readonly path: {
      /** Of the counter, in the project. */
      readonly name: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: Readonly<Record<string, never>>;
    readonly answer: Counter;
  };
  /** List your own sessions, the newest first */
  readonly listSessions: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Session[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** End all your sessions but the one that asks */
  readonly endOtherSessions: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** End one of your own sessions */
  readonly endSession: {
    readonly path: {
      /** As it was given when it was created. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** List who did what, the newest first */
  readonly listActs: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      /** Most items of a page, 1 to 100. */
      readonly limit?: string | undefined;
      /** `next_cursor` of the page before. */
      readonly cursor?: string | undefined;
      readonly action?: string | undefined;
      /** The id of who did it. */
      readonly person?: string | undefined;
      /** The id of what it was done to. */
      readonly subject?: string | undefined;
      /** From this time on. */
      readonly from?: string | undefined;
      /** Before this time. */
      readonly to?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly Act[];
      /** For the next page; null on the last one. */
      readonly next_cursor: string | null;
      /** How many there are on all pages. */
      readonly total: number;
    };
  };
  /** All of it as lines of JSON, as a stream */
  readonly exportActs: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: {
      readonly action?: string | undefined;
      /** The id of who did it. */
      readonly person?: string | undefined;
      /** The id of what it was done to. */
      readonly subject?: string | undefined;
      /** From this time on. */
      readonly from?: string | undefined;
      /** Before this time. */
      readonly to?: string | undefined;
    };
    readonly body: undefined;
    readonly answer: Response;
  };
}

/** Method and path of each operation. */
export const OPERATIONS = {
  health: 'GET /healthz',
  readiness: 'GET /readyz',
  readSession: 'GET /session',
  signIn: 'POST /session',
  signOut: 'DELETE /session',
  acceptInvite: 'POST /invites/{token}/accept',
  beginOidc: 'GET /session/oidc',
  finishOidc: 'GET /session/oidc/callback',
  listTemplates: 'GET /templates',
  createTemplate: 'POST /templates',
  readTemplate: 'GET /templates/{ref}',
  changeTemplate: 'PATCH /templates/{ref}',
  deleteTemplate: 'DELETE /templates/{ref}',
  listTemplateVersions: 'GET /templates/{ref}/versions',
  diffTemplate: 'GET /templates/{ref}/diff',
  rollBackTemplate: 'POST /templates/{ref}/rollback',
  validateTemplate: 'POST /templates/validate',
  importTemplateBundle: 'POST /templates/bundle',
  listDeletedTemplates: 'GET /templates/deleted',
  exportTemplate: 'GET /templates/{ref}/export',
  duplicateTemplate: 'POST /templates/{ref}/duplicate',
  restoreTemplate: 'POST /templates/{ref}/restore',
  importTemplates: 'POST /templates/import',
  generate: 'POST /templates/{ref}/generate',
  estimate: 'POST /templates/{ref}/estimate',
  preview: 'POST /templates/{ref}/preview',
  profile: 'POST /templates/{ref}/profile',
  listRuns: 'GET /runs',
  readRun: 'GET /runs/{id}',
  deleteRun: 'DELETE /runs/{id}',
  watchRun: 'GET /runs/{id}/events',
  cancelRun: 'POST /runs/{id}/cancel',
  downloadRun: 'GET /runs/{id}/output',
  createJob: 'POST /jobs',
  readJob: 'GET /jobs/{id}',
  readManifest: 'GET /jobs/{id}/manifest',
  downloadPart: 'GET /jobs/{id}/parts/{number}',
  downloadJob: 'GET /jobs/{id}/content',
  verifyJob: 'POST /jobs/{id}/verify',
  listScenarios: 'GET /scenarios',
  createScenario: 'POST /scenarios',
  listDeletedScenarios: 'GET /scenarios/deleted',
  readScenario: 'GET /scenarios/{ref}',
  replaceScenario: 'PUT /scenarios/{ref}',
  deleteScenario: 'DELETE /scenarios/{ref}',
  restoreScenario: 'POST /scenarios/{ref}/restore',
  validateScenario: 'POST /scenarios/validate',
  exportScenarios: 'GET /scenarios/export',
  moveScenarios: 'POST /scenarios/move',
  readScenarioCode: 'GET /scenarios/{ref}/code',
  listScenarioVersions: 'GET /scenarios/{ref}/versions',
  rollBackScenario: 'POST /scenarios/{ref}/rollback',
  runScenario: 'POST /scenarios/{ref}/run',
  listScenarioRuns: 'GET /scenarios/{ref}/runs',
  runScenarioForSet: 'POST /scenarios/{ref}/runs',
  replayScenarioRun: 'POST /scenarios/{ref}/runs/{runId}/replay',
  readScenarioRun: 'GET /scenarios/{ref}/runs/{runId}',
  cancelScenarioRun: 'DELETE /scenarios/{ref}/runs/{runId}',
  readScenarioLog: 'GET /scenarios/{ref}/runs/{runId}/logs',
  listScenarioSchedules: 'GET /scenarios/{ref}/schedules',
  createScenarioSchedule: 'POST /scenarios/{ref}/schedules',
  changeScenarioSchedule: 'PATCH /scenarios/{ref}/schedules/{scheduleId}',
  deleteScenarioSchedule: 'DELETE /scenarios/{ref}/schedules/{scheduleId}',
  listChats: 'GET /chats',
  createChat: 'POST /chats',
  listDeletedChats: 'GET /chats/deleted',
  moveChats: 'POST /chats/move',
  readChat: 'GET /chats/{id}',
  changeChat: 'PATCH /chats/{id}',
  deleteChat: 'DELETE /chats/{id}',
  restoreChat: 'POST /chats/{id}/restore',
  sendMessage: 'POST /chats/{id}/messages',
  followChat: 'GET /chats/{id}/events',
  stopChat: 'POST /chats/{id}/stop',
  approveCall: 'POST /chats/{id}/approvals/{approvalId}/approve',
  refuseCall: 'POST /chats/{id}/approvals/{approvalId}/refuse',
  listAgentPermissions: 'GET /agent/permissions',
  setAgentPermission: 'PUT /agent/permissions/{tool}',
  maskRows: 'POST /mask',
  listSets: 'GET /sets',
  saveSet: 'POST /sets',
  loadSet: 'GET /sets/{name}',
  deleteSet: 'DELETE /sets/{name}',
  restoreSet: 'POST /sets/{name}/restore',
  listSetVersions: 'GET /sets/{name}/versions',
  verifySet: 'POST /sets/{name}/verify',
  diffSet: 'GET /sets/{name}/diff',
  listFiles: 'GET /workspace/files',
  uploadFile: 'POST /workspace/files',
  downloadFile: 'GET /workspace/files/{name}',
  deleteFile: 'DELETE /workspace/files/{name}',
  listConnections: 'GET /connections',
  createConnection: 'POST /connections',
  readConnection: 'GET /connections/{id}',
  changeConnection: 'PATCH /connections/{id}',
  deleteConnection: 'DELETE /connections/{id}',
  restoreConnection: 'POST /connections/{id}/restore',
  verifyConnection: 'POST /connections/{id}/verify',
  moveConnections: 'POST /connections/move',
  readMetadata: 'GET /connections/{id}/metadata',
  readRows: 'GET /connections/{id}/rows',
  pushRows: 'POST /connections/{id}/rows',
  readTableTemplate: 'GET /connections/{id}/metadata/template',
  createTableTemplates: 'POST /connections/{id}/templates',
  readMapping: 'GET /templates/{ref}/mappings/{connectionId}',
  saveMapping: 'PUT /templates/{ref}/mappings/{connectionId}',
  deleteMapping: 'DELETE /templates/{ref}/mappings/{connectionId}',
  pushTemplate: 'POST /connections/{id}/push',
  resumeRun: 'POST /runs/{id}/resume',
  executeStatement: 'POST /connections/{id}/execute',
  fetchRows: 'POST /connections/{id}/fetch',
  planSeed: 'POST /connections/{id}/seed/plan',
  seedConnection: 'POST /connections/{id}/seed',
  readReceipt: 'GET /runs/{id}/receipt',
  undoSeed: 'POST /runs/{id}/undo',
  verifySeed: 'POST /runs/{id}/verify',
  readWorkspace: 'GET /workspace',
  changeWorkspace: 'PATCH /workspace',
  deleteWorkspace: 'DELETE /workspace',
  readUsage: 'GET /workspace/usage',
  restoreWorkspace: 'POST /workspace/restore',
  listProjects: 'GET /projects',
  createProject: 'POST /projects',
  readProject: 'GET /projects/{id}',
  renameProject: 'PATCH /projects/{id}',
  deleteProject: 'DELETE /projects/{id}',
  moveTemplates: 'POST /templates/move',
  moveSets: 'POST /sets/move',
  moveFiles: 'POST /workspace/files/move',
  listPeople: 'GET /people',
  readSelf: 'GET /people/me',
  changeSelf: 'PATCH /people/me',
  setPassword: 'POST /people/me/password',
  readPerson: 'GET /people/{id}',
  changeRole: 'PATCH /people/{id}',
  removePerson: 'DELETE /people/{id}',
  listInvites: 'GET /invites',
  createInvite: 'POST /invites',
  withdrawInvite: 'DELETE /invites/{id}',
  listKeys: 'GET /keys',
  createKey: 'POST /keys',
  readKey: 'GET /keys/{id}',
  renameKey: 'PATCH /keys/{id}',
  revokeKey: 'DELETE /keys/{id}',
  rotateKey: 'POST /keys/{id}/rotate',
  listSecrets: 'GET /secrets',
  createSecret: 'POST /secrets',
  readSecret: 'GET /secrets/{id}',
  changeSecret: 'PATCH /secrets/{id}',
  deleteSecret: 'DELETE /secrets/{id}',
  listCounters: 'GET /counters',
  peekCounter: 'GET /counters/{name}',
  deleteCounter: 'DELETE /counters/{name}',
  nextOfCounter: 'POST /counters/{name}/next',
  resetCounter: 'POST /counters/{name}/reset',
  listSessions: 'GET /sessions',
  endOtherSessions: 'DELETE /sessions',
  endSession: 'DELETE /sessions/{id}',
  listActs: 'GET /audit',
  exportActs: 'GET /audit/export',
} as const satisfies Record<keyof Operations, string>;
