import type { Row, Session } from '@datamaker/connectors';
import { TableRows } from '../apply/table-rows.ts';
import type { KeyMaker } from '../keys/key-maker.ts';
import type { SeedPlan } from '../plan/seed-plan.ts';
import { isGoing, type OpenTable } from './open-tables.ts';
import type { UndoOptions } from './undo-seed.ts';

/** Rows whose keys are sent together. */
const BATCH = 1000;

/** Rows that refer to each other in a circle let go of each other first. */
export async function openCircles(session: Session, plan: SeedPlan, one: OpenTable, keys: KeyMaker): Promise<void> {
  const { planned, count } = one;
  if (planned.later.length === 0) return;
  const made = await TableRows.of(plan, planned, keys);
  for (let from = 0; from < count; from += BATCH) {
    const rows = made.rows(from, Math.min(count, from + BATCH), 'first').filter((_, i) => isGoing(one, from + i));
    if (rows.length > 0) await session.insert(planned.table, [rows], { onConflict: 'update', key: planned.identity });
  }
}

/** Removes what is going of a table. */
export async function removeRows(session: Session, one: OpenTable, options: UndoOptions): Promise<void> {
  const { planned, keys, count } = one;
  // The last rows first: rows of a tree refer to earlier ones.
  for (let to = count; to > 0; to -= BATCH) {
    options.signal?.throwIfAborted();
    const from = Math.max(0, to - BATCH);
    const going: Row[] = [];
    for (let row = to - 1; row >= from; row--) if (isGoing(one, row)) going.push(keys.identity(row));
    if (going.length > 0) await session.remove(planned.table, [going]);
    options.onProgress?.({ table: planned.id, rows: count - from, of: count });
  }
}
