import type { Chunk, SeedTarget } from '@datamaker/seeding';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

export interface SeedReceiptTable {
  run_id: string;
  workspace_id: string;
  target: JSONColumnType<SeedTarget, string, string>;
  mode: 'chunks' | 'transaction';
  /** What is written, as JSON, deflated. */
  plan: Buffer;
  /** How far it came. */
  chunks: ColumnType<readonly Chunk[], string | undefined, string>;
  /** What was about to be written of a table in which nothing tells rows apart: whether it was is not known. */
  begun: JSONColumnType<Chunk, string | null | undefined, string | null> | null;
  updated_at: Generated<Date>;
  /** The last run that takes it back, or has. */
  undo_run_id: string | null;
  undone_at: ColumnType<Date | null, undefined, Date | null>;
}
