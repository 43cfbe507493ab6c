/** What was done to a field; never a value. */
export interface MaskLogEntry {
  readonly field: string;
  readonly strategy: string;
  /** replace: what the fakes are. */
  readonly type?: string;
  /** Values that were masked. */
  readonly values: number;
  /** Nulls, which stay. */
  readonly nulls: number;
}

/** A token and what it stands for: real data, for the caller to keep or to drop. */
export interface TokenEntry {
  readonly field: string;
  readonly token: string;
  readonly value: unknown;
}

export interface MaskedBatch {
  readonly rows: readonly Record<string, unknown>[];
  /** Each token of the batch once. */
  readonly tokens: readonly TokenEntry[];
}

/** What is said at the end. */
export interface MaskSummary {
  readonly count: number;
  readonly seed: string;
  readonly log: readonly MaskLogEntry[];
}
