import type { ColumnType, JSONColumnType } from 'kysely';
import type { GenerationRecipe } from './run-table.ts';

/** What tells the rows of a push apart in the system. */
export interface PushIdentity {
  readonly columns: readonly string[];
  /** Who makes the values: the template, so that they are known before they are sent; or the system, as it keeps them. */
  readonly by: 'template' | 'system';
}

/** Rows of another table that go in with those of a push, within them. */
export interface PushWithin {
  /** By names of columns: `['to_Item']`; those that others are within come before them. */
  readonly path: readonly string[];
  readonly table: { readonly schema: string; readonly name: string };
  /** All that they are given, with what they take from the row that they are in. */
  readonly columns: readonly string[];
  readonly link: readonly { readonly column: string; readonly parent: string }[];
  /** Null: nothing tells them apart, or leads from them to the row that they are in. */
  readonly identity: PushIdentity | null;
  /** Whether they are nowhere but within the row, and go with it. */
  readonly isContained: boolean;
}

/** What a push writes, whatever becomes of its template. */
export interface PushPlan extends Pick<GenerationRecipe, 'template' | 'nested' | 'seed' | 'now'> {
  readonly overrides: Readonly<Record<string, unknown>> | null;
  /** Rows [from, to) of the template. */
  readonly from: number;
  readonly to: number;
  /** Where it goes, without anything secret. */
  readonly target: { readonly type: string; readonly url: string };
  readonly table: { readonly schema: string; readonly name: string };
  readonly columns: Readonly<Record<string, string | null>>;
  readonly onConflict: 'fail' | 'skip' | 'update';
  readonly key: readonly string[] | null;
  /** Null: nothing tells them apart. */
  readonly identity: PushIdentity | null;
  /** Undefined: no rows are within those of the push. */
  readonly within?: readonly PushWithin[];
  readonly batchSize: number | null;
  /** Rows whose outcome is kept together. */
  readonly chunkRows: number;
  /** Options of the connection that are different for this push. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly rowsPerSecond: number | null;
  /** Attempts after the first, of a chunk. */
  readonly retries: number;
  /** For a chunk. */
  readonly timeoutMs: number;
  readonly verify: boolean;
  /** Who asked for it, and what it is called in the audit. */
  readonly by: {
    readonly exportId: string;
    readonly personId: string | null;
    readonly keyId: string | null;
    readonly requestId: string | null;
  };
}

/** Keys of whole numbers, as ranges with both ends; others one by one. */
export interface KeptKeys {
  readonly ranges: readonly (readonly [string, string])[];
  readonly others: readonly (readonly unknown[])[];
  /** Whether all of them are here. */
  readonly isComplete: boolean;
}

/** Rows [position, to) that are on their way, or may have arrived. */
export interface OpenChunk {
  readonly to: number;
  /** Those that have not left. */
  readonly unsent: readonly number[];
  /** Those of which it is not known; null: all that are there. */
  readonly open: readonly number[] | null;
  /** Keys that the system has made for them, before it was told to keep them. */
  readonly keys: KeptKeys | null;
}

/** A row that was refused, or of which nothing is known. */
export interface PushFailure {
  readonly row: number;
  readonly status: number | null;
  readonly message: string;
  readonly unknown: boolean;
}

/** What was read back. */
export interface PushCheck {
  /** `keys`: each row was looked for; `none`: it cannot be done. */
  readonly by: 'keys' | 'none';
  readonly ok: boolean | null;
  readonly expected: number;
  readonly found: number | null;
  /** Sums of the hashes of keys. */
  readonly expected_keys: string | null;
  readonly found_keys: string | null;
  /** The first of the rows that are not there. */
  readonly missing: readonly number[];
  readonly message: string | null;
  readonly at: string;
  /** Of rows that went in within others; undefined: there are none. */
  readonly within?: readonly CheckWithin[];
}

/** What was read back of rows that went in within others. */
export interface CheckWithin {
  /** `to_Item`. */
  readonly path: string;
  readonly expected: number;
  /** Null: the system cannot be asked for them. */
  readonly found: number | null;
}

/** What is known of rows that went in within others. */
export interface WrittenWithin {
  readonly rows: number;
  /** Where the system makes them. */
  readonly keys: KeptKeys;
}

/** How far a push came. */
export interface PushState {
  /** Rows before it have an outcome. */
  readonly position: number;
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unknown: number;
  /** Rows that were sent again, since it was not known whether they had arrived. */
  readonly resent: number;
  /** The first of them. */
  readonly failures: readonly PushFailure[];
  readonly chunk: OpenChunk | null;
  /** What the system has made. */
  readonly keys: KeptKeys;
  /** Rows within those that are written, by their path: `to_Item`. */
  readonly within?: Readonly<Record<string, WrittenWithin>>;
  readonly check: PushCheck | null;
}

export interface PushReceiptTable {
  run_id: string;
  workspace_id: string;
  plan: JSONColumnType<PushPlan, string, string>;
  state: JSONColumnType<PushState, string, string>;
  /** The last worker that wrote it: of a run that was cancelled, it may still say what became of its last rows. */
  holder: string | null;
  updated_at: ColumnType<Date, undefined, Date>;
  /** The last run that takes it back, or has. */
  undo_run_id: ColumnType<string | null, undefined, string | null>;
  undone_at: ColumnType<Date | null, undefined, Date | null>;
  /** What programs made for its rows; null: nothing, or not yet. */
  values_blob_id: ColumnType<string | null, undefined, string | null>;
  values_bytes: ColumnType<string | null, undefined, string | null>;
  values_sha256: ColumnType<Buffer | null, undefined, Buffer | null>;
}
