import type { Row, Session } from '@datamaker/connectors';
import { TableRows } from '../apply/table-rows.ts';
import { KeyMaker } from '../keys/key-maker.ts';
import type { Receipt } from '../receipt/receipt.ts';
import { scanRows } from '../verify/scan-rows.ts';
import { findUses, type Use } from './find-uses.ts';
import { keptRows } from './kept-rows.ts';
import { type OpenTable, openTables } from './open-tables.ts';
import { openCircles, removeRows } from './remove-rows.ts';

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
  /** Whether rows were removed; if not, `reason` says why. */
  readonly isDone: boolean;
  readonly reason: 'dry_run' | 'rows_edited' | 'rows_in_use' | null;
  readonly tables: readonly UndoneTable[];
  /** The first hundred. */
  readonly edited: readonly EditedRow[];
  /** Rows of others that refer to rows of the run: removing these would change or break them. */
  readonly uses: readonly Use[];
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

const MOST_LISTED = 100;
/** Rows of a table from which on indexes pay. */
const MANY = 1000;

/**
 * Removes exactly the rows that a run has written, children first, in one transaction where the system has any. Rows that were
 * there before, or came since, are not touched: if removing would change them, nothing is removed.
 * @throws SeedError not_supported, when rows cannot be told apart; receipt_does_not_fit
 */
export async function undoSeed(session: Session, receipt: Receipt, options: UndoOptions = {}): Promise<UndoReport> {
  const { plan } = receipt;
  const keys = await KeyMaker.of(plan.tables, plan.seed);
  const tables = await openTables(session, receipt, keys);
  for (const one of tables) {
    // What makes rows is large, and not kept.
    const made = await TableRows.of(plan, one.planned, keys);
    one.scan = await scanRows(session, one.table, made, one.count, one.filled, options.signal);
  }
  if (options.edited === 'keep') {
    const kept = keptRows(tables, keys);
    for (const one of tables) one.kept = kept.get(one.planned.id) ?? one.kept;
  }
  const uses = await findUses(session, tables, keys);
  const edited = tables.flatMap(editedRows).slice(0, MOST_LISTED);
  const hasEdited = tables.some(({ scan }) => (scan?.edited.size ?? 0) > 0);
  const isRefused = hasEdited && (options.edited ?? 'refuse') === 'refuse';
  const reason =
    uses.length > 0 ? 'rows_in_use' : isRefused ? 'rows_edited' : options.dryRun === true ? 'dry_run' : null;
  const report = { tables: tables.map(toReport), edited, uses };
  if (reason !== null) return { isDone: false, reason, ...report };
  const remove = async (): Promise<void> => {
    for (const one of tables) await openCircles(session, plan, one, keys);
    for (const one of tables.toReversed()) await removeRows(session, one, options);
  };
  const isLate = plan.needsDeferred || (session.lateKeys === 'all' && tables.some(refersToItself));
  await (options.mode === 'chunks' && !isLate
    ? inChunks(session, tables, options, remove)
    : session.transaction(async () => {
        if (isLate) await session.deferKeys?.(tables.map(({ table }) => table));
        const drop = await indexed(session, tables, options);
        await remove();
        await drop?.();
      }));
  return { isDone: true, reason: null, ...report };
}

/** Systems that check each row at once do not let go of one that is its own parent ("FOREIGN KEY Constraints" of MySQL). */
const refersToItself = ({ planned }: OpenTable): boolean =>
  planned.links.some(({ pick, to }) => to === planned.id && pick.how === 'tree' && pick.root === 'self');

async function inChunks(
  session: Session,
  tables: readonly OpenTable[],
  options: UndoOptions,
  remove: () => Promise<void>,
): Promise<void> {
  const drop = await indexed(session, tables, options);
  try {
    await remove();
  } catch (error) {
    // It is the error that is to be told, also when the connection is gone.
    await drop?.().catch(() => undefined);
    throw error;
  }
  await drop?.();
}

async function indexed(
  session: Session,
  tables: readonly OpenTable[],
  { indexes }: UndoOptions,
): Promise<(() => Promise<void>) | undefined> {
  if (indexes === 'leave') return undefined;
  return await session.indexReferences?.(tables.filter(({ count }) => count >= MANY).map(({ table }) => table));
}

function editedRows({ planned, keys, scan }: OpenTable): EditedRow[] {
  const listed: EditedRow[] = [];
  for (const [row, columns] of scan?.edited ?? []) {
    if (listed.length === MOST_LISTED) break;
    listed.push({ table: planned.id, key: keys.identity(row), columns });
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
