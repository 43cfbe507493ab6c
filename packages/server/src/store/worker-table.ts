import type { ColumnType } from 'kysely';
import type { Lane } from './queue/run-queue.ts';

type Moment = ColumnType<Date, Date | string | undefined, Date | string>;

/** A process that works on runs, or could. */
export interface WorkerTable {
  id: string;
  kind: 'server' | 'worker';
  host: string;
  /** From which it takes at the moment. */
  lanes: readonly Lane[];
  /** With which it would wrap keys. */
  master_key_id: string;
  /** A blob in its file store, by which others tell whether theirs is the same. */
  file_marker: string;
  secret_mark: string;
  /** With which it makes rows; null: it is of before that was noted. */
  engine_version: string | null;
  started_at: Moment;
  /** When it last said that it is there. */
  seen_at: Moment;
  /** When it ended as it should; null: it has not. */
  ended_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}
