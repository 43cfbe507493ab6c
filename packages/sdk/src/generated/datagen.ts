// Written by `npm run docs` from contracts/datagen-openapi.json.

/** Names of columns, and what is known besides. */
export type InferRequest = {
  /** The columns; all different. */
  readonly field_names: readonly string[];
  /** Of all columns that name none; en_US when left out. */
  readonly locale?: string | null | undefined;
  /** What the rows are about. Nothing in it is obeyed; what reads like an order is refused. */
  readonly domain_hint?: string | null | undefined;
  /** Name of the table that the columns are in. */
  readonly table?: string | null | undefined;
  /** Column name → values as they occur, which veto or promote what the name suggests. */
  readonly samples?: Readonly<Record<string, readonly unknown[]>> | null | undefined;
} & Readonly<Record<string, unknown>>;

/** Columns and how many rows. Keys that are unknown are ignored. */
export type GenerateRequest = unknown;

/** A column and its type. */
export type FieldRequest = {
  /** Of the column. */
  readonly name: string;
  /** One of GET /api/v1/field-types, in any case. */
  readonly type: string;
  /** Of this column alone. */
  readonly locale?: string | null | undefined;
  /** Options of the type; GET /api/v1/field-types lists them. */
  readonly constraints?: Readonly<Record<string, unknown>> | null | undefined;
  /** Share of rows without a value. */
  readonly blankPercentage?: number | null | undefined;
} & Readonly<Record<string, unknown>>;

/** Either `field_names` or `contract_id`. Keys that are unknown are ignored. */
export type GenerateAiRequest = unknown;

export type Capabilities = {
  readonly api_version: string;
  readonly tier: 'free' | 'pro' | 'enterprise' | 'self-hosted';
  readonly available_field_types: readonly FieldType[];
  readonly supported_locales: readonly {
    readonly code: string;
    readonly name: string;
    readonly notes?: string | undefined;
  }[];
  readonly output_formats: readonly string[];
  readonly limits: Limits;
  readonly example_requests: readonly {
    readonly description: string;
    readonly request: Readonly<Record<string, unknown>>;
  }[];
  readonly payment_options: Readonly<Record<string, unknown>>;
  readonly payment_environment: 'none';
};

/** A type of columns, with its options. */
export type FieldType = {
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly example_value: unknown;
  readonly required_constraints: readonly string[];
  readonly locale_notes: string;
  readonly tier_required: 'free';
  readonly constraints: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string;
    readonly default?: unknown;
  }[];
  readonly aliases: readonly string[];
};

/** What a plan allows. */
export type Limits = {
  readonly max_records_per_call: number;
  readonly max_ai_records_per_call: number;
  /** -1: any number. */
  readonly max_calls_per_day: number;
  readonly nested_depth: number;
};

/** Why the request is refused, in a sentence. */
export type ErrorSentence = {
  readonly error: string;
  readonly hint?: string | undefined;
  readonly correction_hint?: string | undefined;
  readonly free_key_url?: string | undefined;
  readonly retry_after_sec?: number | undefined;
};

/** Everything that is wrong, in sentences. */
export type ErrorMessages = {
  /** Everything that is wrong. */
  readonly detail: readonly string[];
  readonly hint?: string | undefined;
  readonly max_ai_records_per_call?: number | undefined;
  readonly upgrade_url?: string | undefined;
  readonly request_id?: string | undefined;
};

/** Everything that is wrong: for `Accept: application/vnd.agentic+json`. */
export type StructuredErrors = readonly StructuredError[];

/** Something wrong, in a form that a program can act on. */
export type StructuredError = {
  readonly error: true;
  /** Stable: switch on it. */
  readonly code: string;
  /** A key of the body, or a column. */
  readonly field?: string | undefined;
  readonly message: string;
  readonly correction_hint: string;
  /** JSON pointer to the object that the fix goes into; empty: the body. */
  readonly pointer: string;
  /** Its keys, put in place of those of the object, make it right; null: leave it out. */
  readonly suggested_fix?: Readonly<Record<string, unknown>> | undefined;
  /** Whether a larger plan would allow it. */
  readonly upgrade_required: boolean;
  readonly upgrade_url?: string | undefined;
};

/** The request is not well-formed HTTP. */
export type ProtocolError = {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly request_id: string;
  };
};

export type FieldTypes = {
  readonly api_version: string;
  readonly description: string;
  readonly type_count: number;
  readonly field_types: readonly FieldType[];
  readonly locale_rules_summary: Readonly<Record<string, string>>;
};

export type Pricing = {
  readonly currency: 'USD';
  readonly tiers: Readonly<
    Record<
      string,
      {
        readonly max_records_per_call: number;
        readonly max_ai_records_per_call: number;
        /** -1: any number. */
        readonly max_calls_per_day: number;
        readonly nested_depth: number;
        readonly price_usd_month: number;
        readonly categories: 'all';
        readonly formats: readonly string[];
      }
    >
  >;
  readonly free_key: string;
};

export type Health = {
  readonly api: 'ok' | 'unreachable';
  readonly database: 'ok' | 'unreachable';
  readonly inference: 'offline';
  readonly ollama: 'ok' | 'unreachable';
  readonly redis: 'ok' | 'unreachable';
  readonly note: string;
};

export type Contract = {
  readonly proposed_schema: readonly ProposedField[];
  /** SHA-256 of what the columns are, whatever their order. */
  readonly contract_hash: string;
  readonly contract_id: string;
  readonly locale: string;
};

/** What a column was taken for; it can be sent as a field of schema mode. */
export type ProposedField = {
  readonly name: string;
  readonly type: string;
  readonly locale?: string | undefined;
  readonly constraints?: Readonly<Record<string, unknown>> | undefined;
  readonly blankPercentage?: number | undefined;
  readonly description: string;
  readonly inference_source: 'rules' | 'samples' | 'heuristic' | 'model';
  /** Below 0.6 it counts as guessed. */
  readonly confidence: number;
  /** What it was told by. */
  readonly reason: string;
  readonly alternatives: readonly {
    readonly type: string;
    readonly constraints?: Readonly<Record<string, unknown>> | undefined;
    /** Below 0.6 it counts as guessed. */
    readonly confidence: number;
    readonly reason: string;
  }[];
};

export type StoredContract = {
  readonly proposed_schema: readonly ProposedField[];
  /** SHA-256 of what the columns are, whatever their order. */
  readonly contract_hash: string;
  readonly contract_id: string;
  readonly locale: string;
  readonly created_at: string;
};

/** Why the request is refused, and what to do. */
export type DetailSentence = {
  readonly detail: string;
  readonly hint?: string | undefined;
};

export type Valid = {
  readonly valid: true;
  readonly field_count: number;
  readonly estimated_records: number;
};

/** Rows of declared types. */
export type Generation = {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
  readonly locale: string;
  readonly tier: 'free' | 'pro' | 'enterprise' | 'self-hosted';
  readonly usage: {
    readonly tier: 'free' | 'pro' | 'enterprise' | 'self-hosted';
    readonly generation_mode?: 'ai' | undefined;
    readonly calls_today: number;
    readonly calls_remaining: number | 'unlimited';
    readonly records_today: number;
  };
  readonly generation_id: string;
  readonly output_format:
    | 'json'
    | 'csv'
    | 'jsonl'
    | 'excel'
    | 'xml'
    | 'ndjson'
    | 'sql'
    | 'xlsx'
    | 'parquet'
    | 'avro'
    | 'custom';
  readonly seed: string;
};

/** The names make another contract; with a hint and a fix for `application/vnd.agentic+json`. */
export type ContractMismatch = {
  readonly detail: string;
  readonly expected_contract_hash: string;
  readonly actual_contract_hash: string;
  readonly correction_hint?: string | undefined;
  readonly suggested_fix?: Readonly<Record<string, unknown>> | undefined;
};

/** Rows of names, and what the columns were taken for. */
export type AiGeneration = {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
  readonly locale: string;
  readonly tier: 'free' | 'pro' | 'enterprise' | 'self-hosted';
  readonly usage: {
    readonly tier: 'free' | 'pro' | 'enterprise' | 'self-hosted';
    readonly generation_mode?: 'ai' | undefined;
    readonly calls_today: number;
    readonly calls_remaining: number | 'unlimited';
    readonly records_today: number;
  };
  readonly generation_id: string;
  readonly output_format:
    | 'json'
    | 'csv'
    | 'jsonl'
    | 'excel'
    | 'xml'
    | 'ndjson'
    | 'sql'
    | 'xlsx'
    | 'parquet'
    | 'avro'
    | 'custom';
  readonly seed: string;
  readonly inferred_schema: readonly ProposedField[];
  /** SHA-256 of what the columns are, whatever their order. */
  readonly inferred_contract_hash: string;
  readonly generation_mode: 'ai';
};

/** A server-sent event. */
export type Event = {
  readonly event: 'status' | 'schema' | 'progress' | 'result' | 'done' | 'error';
  /** JSON, but of `status`, which is a word. */
  readonly data: string;
};

export type FreeKey = {
  readonly api_key: string;
  readonly tier: 'free';
  readonly limits: Limits;
  readonly docs: string;
  readonly note: string;
};

export type Usage = {
  readonly tier: 'free' | 'pro' | 'enterprise' | 'self-hosted';
  readonly key_prefix: string;
  readonly calls_today: number;
  readonly calls_limit: number | 'unlimited';
  readonly records_today: number;
};

export type Samples = {
  readonly samples: readonly {
    readonly name: string;
    readonly description: string;
    readonly method: 'POST';
    readonly path: string;
    readonly download: string;
  }[];
  readonly postman_collection: string;
};

/** What the operations take and give, by name. */
export interface Operations {
  /** Types, locales, formats, the limits of the plan, and requests to begin with */
  readonly capabilities: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Capabilities;
  };
  /** The catalogue of types */
  readonly fieldTypes: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: FieldTypes;
  };
  /** The plans */
  readonly pricing: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Pricing;
  };
  /** Whether server and database work */
  readonly health: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Health;
  };
  /** Make a contract of names of columns, and store it */
  readonly inferSchema: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: InferRequest;
    readonly answer: Contract;
  };
  /** Read a stored contract */
  readonly readContract: {
    readonly path: {
      /** `contract_id` of a contract. */
      readonly id: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: StoredContract;
  };
  /** Check a request of schema mode without making rows */
  readonly validate: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: GenerateRequest;
    readonly answer: Valid;
  };
  /** Rows of declared types */
  readonly generate: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: GenerateRequest;
    readonly answer: Response;
  };
  /** Rows of names alone */
  readonly generateAi: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: GenerateAiRequest;
    readonly answer: Response;
  };
  /** Rows of names alone, as server-sent events */
  readonly generateAiStream: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: GenerateAiRequest;
    readonly answer: Response;
  };
  /** Make a key of the free plan */
  readonly freeKey: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: FreeKey;
  };
  /** What the key has used today */
  readonly usage: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Usage;
  };
  /** Requests to download */
  readonly listSamples: {
    readonly path: Readonly<Record<string, never>>;
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Samples;
  };
  /** A request as a file, or all as a Postman collection */
  readonly downloadSample: {
    readonly path: {
      /** One that GET /api/v1/samples names. */
      readonly file: string;
    };
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Readonly<Record<string, unknown>>;
  };
}

/** Method and path of each operation. */
export const OPERATIONS = {
  capabilities: 'GET /api/v1/capabilities',
  fieldTypes: 'GET /api/v1/field-types',
  pricing: 'GET /api/v1/pricing',
  health: 'GET /api/v1/health',
  inferSchema: 'POST /api/v1/infer-schema',
  readContract: 'GET /api/v1/contracts/{id}',
  validate: 'POST /api/v1/validate',
  generate: 'POST /api/v1/generate',
  generateAi: 'POST /api/v1/generate-ai',
  generateAiStream: 'POST /api/v1/generate-ai/stream',
  freeKey: 'GET /api/v1/auth/free-key',
  usage: 'GET /api/v1/usage',
  listSamples: 'GET /api/v1/samples',
  downloadSample: 'GET /api/v1/samples/{file}',
} as const satisfies Record<keyof Operations, string>;
