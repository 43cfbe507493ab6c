import type { UndoReport } from '@datamaker/seeding';

/** What came of taking a run back, or would come of it. */
export interface Undone extends UndoReport {
  /** Rows of which nobody knows whether they arrived, and by which keys they are found. */
  readonly unknown: number;
}

export interface UndoWish {
  /** What becomes of rows that were changed since. */
  readonly edited: 'refuse' | 'keep' | 'remove';
  /** Tells what would be removed, and removes nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly table: string; readonly rows: number; readonly of: number }) => void;
}
