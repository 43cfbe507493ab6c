import type { Session, Table } from '@datamaker/connectors';
import type { KeyMaker } from '../keys/key-maker.ts';
import { KeyRows } from '../keys/key-rows.ts';
import type { TablePlan } from '../plan/seed-plan.ts';
import { type Receipt, writtenRows } from '../receipt/receipt.ts';
import { SeedError } from '../seed-error.ts';
import type { Scan } from '../verify/scan-rows.ts';

/** A table of a receipt that is being looked through. */
export interface OpenTable {
  readonly planned: TablePlan;
  readonly table: Table;
  readonly keys: KeyRows;
  readonly count: number;
  /** Rows whose circles were closed. */
  readonly filled: number;
  scan: Scan | undefined;
  /** Rows that were changed, or are referred to by such, and stay. */
  kept: ReadonlySet<number>;
  /** Rows that were removed. */
  removed: number;
}

const NONE: ReadonlySet<number> = new Set();

/** Whether a row is going to be removed. */
export const isGoing = ({ scan, kept }: OpenTable, row: number): boolean =>
  scan?.missing.has(row) !== true && !kept.has(row);

/** The tables that a run has written into, in the order of writing. @throws SeedError not_supported, receipt_does_not_fit */
export async function openTables(session: Session, receipt: Receipt, keys: KeyMaker): Promise<OpenTable[]> {
  const open: OpenTable[] = [];
  let isWhole = true;
  for (const planned of receipt.plan.tables) {
    // Tables are written one after the other: none behind one that is not whole was come to.
    if (!isWhole) break;
    const written = writtenRows(receipt, planned.id, 'first');
    isWhole = written >= planned.rows;
    // Of rows that were on their way when the run died, nobody knows: they are looked for as well.
    const count = planned.rows;
    if (count === 0) continue;
    if (planned.identity.length === 0) {
      if (written === 0) continue;
      throw new SeedError(
        'not_supported',
        `rows of ${planned.id} cannot be told apart: the table has no key`,
        'remove them by hand',
      );
    }
    const table = await session.describe(planned.table);
    const gone = planned.columns.find((name) => !table.columns.some((column) => column.name === name));
    if (gone !== undefined) throw new SeedError('receipt_does_not_fit', `${planned.id} has no column ${gone} any more`);
    const filled = writtenRows(receipt, planned.id, 'final');
    open.push({
      planned,
      table,
      keys: new KeyRows(planned, keys),
      count,
      filled,
      scan: undefined,
      kept: NONE,
      removed: 0,
    });
  }
  return open;
}
