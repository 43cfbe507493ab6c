import type { TableName } from './connection-types.ts';

/** What was read back of a push. */
export interface PushCheck {
  readonly by: 'keys' | 'none';
  readonly ok: boolean | null;
  readonly expected: number;
  readonly found: number | null;
  readonly missing: readonly number[];
  readonly message: string | null;
}

/** `result` of a run that pushes. */
export interface PushResult {
  readonly table: TableName;
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unknown: number;
  readonly failures: readonly { readonly row: number; readonly status: number | null; readonly message: string }[];
  readonly in_doubt: { readonly rows: number } | null;
  readonly check: PushCheck | null;
}

/** `result` of a run that seeds. */
export interface SeedResult {
  readonly rows: number;
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly of: number }[];
  readonly closing: boolean;
}

/** What an undo has removed, or would. */
export interface UndoReport {
  readonly done: boolean;
  readonly removed: number;
  readonly tables: readonly {
    readonly table: string;
    readonly written: number;
    readonly removed: number;
    readonly missing: number;
    readonly edited: number;
    readonly kept: number;
  }[];
  readonly uses: readonly { readonly table: string; readonly to: string; readonly rows: number }[];
  readonly unknown: number;
}

/** What a push or a seed has written; all of it is a file that `datamaker undo` takes. */
export interface Receipt {
  readonly kind: 'datamaker/push-receipt' | 'datamaker/seed-receipt';
  readonly rows: number;
  readonly target: { readonly type: string; readonly url: string };
  readonly seed?: string;
  readonly template?: { readonly id: string; readonly name: string; readonly version: number };
  /** Of a push: why it cannot be taken back; null: it can. */
  readonly undoable?: { readonly code: string; readonly message: string } | null;
  readonly undo: { readonly runId: string; readonly undoneAt: string | null } | null;
}

export interface SeedCheck {
  readonly ok: boolean;
  readonly tables: readonly {
    readonly table: string;
    readonly expected: number;
    readonly found: number;
    readonly edited: number;
  }[];
  readonly unchecked: readonly string[];
  readonly uncompared: readonly string[];
}
