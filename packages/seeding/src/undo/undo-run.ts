import type { Session, Table } from '@datamaker/connectors';
import type { KeyMaker } from '../keys/key-maker.ts';
import type { SeedPlan } from '../plan/seed-plan.ts';
import type { OpenTable } from './open-tables.ts';
import type { UndoOptions } from './undo-seed.ts';

/** What an undo goes by. */
export interface UndoRun {
  readonly session: Session;
  readonly plan: SeedPlan;
  readonly keys: KeyMaker;
  /** Those of the run, in the order of writing. */
  readonly tables: readonly OpenTable[];
  /** All that can be seen. */
  readonly all: readonly Table[];
  readonly options: UndoOptions;
}
