import type { Row, Session, Table } from '@datamaker/connectors';
import { TableRows } from '../apply/table-rows.ts';
import { KeyMaker } from '../keys/key-maker.ts';
import type { TablePlan } from '../plan/seed-plan.ts';
import { type Receipt, writtenRows } from '../receipt/receipt.ts';
import { SeedError } from '../seed-error.ts';
import { type Scan, scanRows } from '../verify/scan-rows.ts';
import { findUses, type Use } from './find-uses.ts';

export interface UndoOptions {
  /** Tells what would be removed, and removes nothing. */
  readonly dryRun?: boolean | undefined;
  /** What becomes of rows that were changed since. Default: nothing is removed at all. */
  readonly edited?: 'refuse' | 'keep' | 'remove' | undefined;
  /** `transaction`: all or nothing; `chunks`: some thousand rows at a time, after which another undo can go on. Default: transaction. */
  readonly mode?: 'transaction' | 'chunks' | undefined;
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

/** Rows whose keys are sent together. */
const BATCH = 5000;
const MOST_LISTED = 100;

/**
 * Removes exactly the rows that a run has written, children first, in one transaction where the system has any. Rows that were
 * there before, or came since, are not touched: if removing would change them, nothing is removed.
 * @throws SeedError not_supported, when rows cannot be told apart; receipt_does_not_fit
 */
export async function undoSeed(session: Session, receipt: Receipt, options: UndoOptions = {}): Promise<UndoReport> {
  const tables = await openTables(session, receipt);
  for (const one of tables) {
    one.scan = await scanRows(session, one.table, one.made, one.count, one.filled, options.signal);
  }
  const isKept = options.edited === 'keep' ? await keptRows(tables, receipt) : new Map<string, ReadonlySet<number>>();
  const uses = await findUses(session, tables, isKept);
  const edited = tables.flatMap(editedRows).slice(0, MOST_LISTED);
  const hasEdited = tables.some(({ scan }) => (scan?.edited.size ?? 0) > 0);
  const isRefused = hasEdited && (options.edited ?? 'refuse') === 'refuse';
  const reason =
    uses.length > 0 ? 'rows_in_use' : isRefused ? 'rows_edited' : options.dryRun === true ? 'dry_run' : null;
  if (reason !== null)
    return { isDone: false, reason, tables: tables.map((one) => toReport(one, isKept)), edited, uses };
  const remove = async (): Promise<void> => {
    if (receipt.plan.needsDeferred) await session.execute?.('SET CONSTRAINTS ALL DEFERRED');
    for (const one of tables) await openCircles(session, one, isKept.get(one.planned.id));
    for (const one of tables.toReversed()) await removeRows(session, one, isKept.get(one.planned.id), options);
  };
  await (options.mode === 'chunks' && !receipt.plan.needsDeferred ? remove() : session.transaction(remove));
  return { isDone: true, reason: null, tables: tables.map((one) => toReport(one, isKept)), edited, uses };
}

/** A table of a receipt that is being looked through. */
export interface OpenTable {
  readonly planned: TablePlan;
  readonly table: Table;
  readonly made: TableRows;
  readonly count: number;
  readonly filled: number;
  scan: Scan | undefined;
}

async function openTables(session: Session, receipt: Receipt): Promise<OpenTable[]> {
  const { plan } = receipt;
  const keys = await KeyMaker.of(plan.tables, plan.seed);
  const open: OpenTable[] = [];
  let isWhole = true;
  for (const planned of plan.tables) {
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
    const made = await TableRows.of(plan, planned, keys);
    open.push({ planned, table, made, count, filled: writtenRows(receipt, planned.id, 'final'), scan: undefined });
  }
  return open;
}

/** Rows that were changed, and all that they refer to. */
async function keptRows(
  tables: readonly OpenTable[],
  { plan }: Receipt,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const keys = await KeyMaker.of(plan.tables, plan.seed);
  const kept = new Map(tables.map(({ planned }) => [planned.id, new Set<number>()]));
  const links = new Map(tables.map(({ planned }) => [planned.id, planned.links]));
  const keep = (table: string, row: number): void => {
    const work: [string, number][] = [[table, row]];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      const [id, at] = next;
      const rows = kept.get(id);
      if (rows === undefined || rows.has(at)) continue;
      rows.add(at);
      for (const [index, link] of (links.get(id) ?? []).entries()) {
        const parent = keys.parent(id, index)(at);
        if (parent !== null) work.push([link.to, parent]);
      }
    }
  };
  for (const { planned, scan } of tables) for (const row of scan?.edited.keys() ?? []) keep(planned.id, row);
  return kept;
}

/** Rows that refer to each other in a circle let go of each other first. */
async function openCircles(session: Session, one: OpenTable, kept: ReadonlySet<number> | undefined): Promise<void> {
  const { planned, made, count, scan } = one;
  if (planned.later.length === 0) return;
  for (let from = 0; from < count; from += BATCH) {
    const rows = made
      .rows(from, Math.min(count, from + BATCH), 'first')
      .filter((_, i) => !isLeft(from + i, scan, kept));
    if (rows.length > 0) await session.insert(planned.table, [rows], { onConflict: 'update', key: planned.identity });
  }
}

async function removeRows(
  session: Session,
  one: OpenTable,
  kept: ReadonlySet<number> | undefined,
  options: UndoOptions,
): Promise<void> {
  const { planned, made, count, scan } = one;
  // The last rows first: rows of a tree refer to earlier ones.
  for (let to = count; to > 0; to -= BATCH) {
    options.signal?.throwIfAborted();
    const from = Math.max(0, to - BATCH);
    const keys: Row[] = [];
    for (let row = to - 1; row >= from; row--) if (!isLeft(row, scan, kept)) keys.push(made.identity(row));
    if (keys.length > 0) await session.remove(planned.table, [keys]);
    options.onProgress?.({ table: planned.id, rows: count - from, of: count });
  }
}

const isLeft = (row: number, scan: Scan | undefined, kept: ReadonlySet<number> | undefined): boolean =>
  scan?.missing.has(row) === true || kept?.has(row) === true;

function editedRows({ planned, made, scan }: OpenTable): EditedRow[] {
  return [...(scan?.edited ?? [])]
    .slice(0, MOST_LISTED)
    .map(([row, columns]) => ({ table: planned.id, key: made.identity(row), columns }));
}

function toReport({ planned, count, scan }: OpenTable, isKept: ReadonlyMap<string, ReadonlySet<number>>): UndoneTable {
  const kept = isKept.get(planned.id) ?? new Set();
  const there = [...kept].filter((row) => scan?.missing.has(row) !== true).length;
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
