import type { Row, Session } from '@datamaker/connectors';
import { TableRows } from '../apply/table-rows.ts';
import { KeyMaker } from '../keys/key-maker.ts';
import type { Receipt } from '../receipt/receipt.ts';
import { scanRows } from '../verify/scan-rows.ts';
import { uncomparedColumns } from '../verify/uncompared-columns.ts';
import { findUses, type Use } from './find-uses.ts';
import { keepEdited } from './kept-rows.ts';
import { type OpenTable, openTables } from './open-tables.ts';
import { removeInChunks, type Stop } from './remove-in-chunks.ts';
import { openCircles, removeRows } from './remove-rows.ts';
import type { UndoRun } from './undo-run.ts';

export interface UndoOptions {
  /** Tells what would be removed, and removes nothing. */
  readonly dryRun?: boolean | undefined;
  /** What becomes of rows that were changed since. Default: nothing is removed at all. */
  readonly edited?: 'refuse' | 'keep' | 'remove' | undefined;
  /** `transaction`: all or nothing; `chunks`: some thousand rows at a time, after which another undo can go on. Default: transaction. */
  readonly mode?: 'transaction' | 'chunks' | undefined;
  /**
   * Whether indexes that are missing on foreign keys are made for as long as it takes, where many rows go: `make` or `leave`. Without them some
   * systems read a whole table for each row. Default: make.
   */
  readonly indexes?: 'make' | 'leave' | undefined;
  /** How long rows are waited for that others hold, each time. Default: 30 seconds. */
  readonly waitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?:
    | ((progress: { readonly table: string; readonly rows: number; readonly of: number }) => void)
    | undefined;
}

export interface EditedRow {
  readonly table: string;
  /** What tells the row apart. */
  readonly key: Row;
  readonly columns: readonly string[];
}

export interface UndoReport {
  /** Whether all rows were removed that were to be; if not, `reason` says why, and only earlier chunks were removed. */
  readonly isDone: boolean;
  readonly reason: 'dry_run' | 'rows_edited' | 'rows_in_use' | null;
  readonly tables: readonly UndoneTable[];
  /** The first hundred. */
  readonly edited: readonly EditedRow[];
  /** Rows of others that refer to rows of the run: removing these would change or break them. */
  readonly uses: readonly Use[];
  /** Columns, `public.order.route`, of which nobody knows whether they were changed. */
  readonly uncompared: readonly string[];
}

export interface UndoneTable {
  readonly table: string;
  /** Rows that the run has written. */
  readonly written: number;
  /** Removed, or to be removed. */
  readonly removed: number;
  readonly missing: number;
  readonly edited: number;
  /** Left: rows that were changed, and those that they refer to. */
  readonly kept: number;
}

/** How long rows are waited for that others hold. */
const WAIT_MS = 30_000;
const MOST_LISTED = 100;
/** Rows of a table from which on indexes pay. */
const MANY = 1000;

/**
 * Removes exactly the rows that a run has written, children first, in one transaction where the system has any. Rows that were
 * there before, or came since, are not touched: if removing would change them, nothing is removed.
 *
 * Rows that go are looked at in the transaction that removes them. Where the system can hold rows (`Session.hold`) nobody changes one, or refers
 * to one, in between; one that somebody else has changed and not kept yet is waited for. In chunks that holds for each of them: what is seen there
 * for the first time ends the undo, with what was removed before.
 * @throws SeedError not_supported, when rows cannot be told apart; receipt_does_not_fit
 * @throws ConnectionError busy, when others do not let go of rows in time: nothing is removed, but earlier chunks
 */
export async function undoSeed(session: Session, receipt: Receipt, options: UndoOptions = {}): Promise<UndoReport> {
  const { plan } = receipt;
  const keys = await KeyMaker.of(plan.tables, plan.seed);
  const tables = await openTables(session, receipt, keys);
  const { tables: all } = await session.introspect();
  const run: UndoRun = { session, plan, keys, tables, all, options };
  const isLate = plan.needsDeferred || (session.lateKeys === 'all' && tables.some(refersToItself));
  if (options.dryRun === true) return await look(run, false);
  const waitMs = options.waitMs ?? WAIT_MS;
  if (options.mode === 'chunks' && !isLate) {
    const seen = await look(run, false);
    return seen.reason === null ? await inChunks(run, seen, waitMs) : seen;
  }
  const inOne = async (): Promise<UndoReport> => {
    // Before rows are held: who writes into a table that gets an index may wait for these.
    const drop = await indexed(session, tables, options);
    const seen = await look(run, true);
    if (seen.reason === null) {
      if (isLate) await session.deferKeys?.(tables.map(({ table }) => table));
      for (const one of tables) await openCircles(session, plan, one, keys);
      for (const one of tables.toReversed()) await removeRows(session, one, options);
    }
    await drop?.();
    return seen;
  };
  return await session.transaction(inOne, { waitMs });
}

/** Looks at all rows, and says what would be, or is going to be, removed. @param holds see `ScanOptions` */
async function look({ session, plan, keys, tables, all, options }: UndoRun, holds: boolean): Promise<UndoReport> {
  const { signal, edited: wish = 'refuse', dryRun } = options;
  for (const one of tables) {
    // What makes rows is large, and not kept.
    const made = await TableRows.of(plan, one.planned, keys);
    one.scan = await scanRows(session, one.table, made, one.count, one.filled, { holds, signal });
  }
  if (wish === 'keep') keepEdited(tables, keys);
  const uses = await findUses(session, all, tables, keys);
  const hasEdited = tables.some(({ scan }) => (scan?.edited.size ?? 0) > 0);
  const isRefused = hasEdited && wish === 'refuse';
  const reason = uses.length > 0 ? 'rows_in_use' : isRefused ? 'rows_edited' : dryRun === true ? 'dry_run' : null;
  const uncompared = tables.flatMap(({ planned }) => uncomparedColumns(planned));
  return {
    isDone: reason === null,
    reason,
    tables: tables.map(toReport),
    edited: listEdited(tables),
    uses,
    uncompared,
  };
}

/** Systems that check each row at once do not let go of one that is its own parent ("FOREIGN KEY Constraints" of MySQL). */
const refersToItself = ({ planned }: OpenTable): boolean =>
  planned.links.some(({ pick, to }) => to === planned.id && pick.how === 'tree' && pick.root === 'self');

async function inChunks(run: UndoRun, seen: UndoReport, waitMs: number): Promise<UndoReport> {
  const { session, tables, options } = run;
  const drop = await indexed(session, tables, options);
  let stop: Stop | undefined;
  try {
    stop = await removeInChunks(run, waitMs);
  } catch (error) {
    // It is the error that is to be told, also when the connection is gone.
    await drop?.().catch(() => undefined);
    throw error;
  }
  await drop?.();
  const edited = listEdited(tables);
  if (stop === undefined) return { ...seen, tables: tables.map(toReport), edited };
  const gone = tables.map((one) => ({ ...toReport(one), removed: one.removed }));
  return { ...seen, isDone: false, reason: stop.reason, tables: gone, edited, uses: stop.uses };
}

async function indexed(
  session: Session,
  tables: readonly OpenTable[],
  { indexes }: UndoOptions,
): Promise<(() => Promise<void>) | undefined> {
  if (indexes === 'leave') return undefined;
  return await session.indexReferences?.(tables.filter(({ count }) => count >= MANY).map(({ table }) => table));
}

function listEdited(tables: readonly OpenTable[]): EditedRow[] {
  const listed: EditedRow[] = [];
  for (const { planned, keys, scan } of tables) {
    for (const [row, columns] of scan?.edited ?? []) {
      if (listed.length === MOST_LISTED) return listed;
      listed.push({ table: planned.id, key: keys.identity(row), columns });
    }
  }
  return listed;
}

function toReport({ planned, count, scan, kept }: OpenTable): UndoneTable {
  let there = 0;
  for (const row of kept) if (scan?.missing.has(row) !== true) there++;
  const found = scan?.found ?? 0;
  return {
    table: planned.id,
    written: count,
    removed: found - there,
    missing: count - found,
    edited: scan?.edited.size ?? 0,
    kept: there,
  };
}
