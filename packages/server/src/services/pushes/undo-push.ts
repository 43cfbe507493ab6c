import type { Column, Connector, Row, Session, Table } from '@datamaker/connectors';
import { identityPart, isUncompared, type Scan, SeedError, scanRows, tableId } from '@datamaker/seeding';
import type { PushPlan, PushState } from '../../store/push-receipt-table.ts';
import type { Undone, UndoWish } from '../undo/undone.ts';
import { findUses, referredColumns } from './find-uses.ts';
import { doubtful } from './push-progress.ts';
import type { PushRows } from './push-rows-of.ts';
import { PushTarget } from './push-target.ts';
import { settleChunk } from './settle-chunk.ts';
import { refuseNotUndoable } from './why-not-undone.ts';
import { WrittenRows } from './written-rows.ts';

const MOST_LISTED = 100;
/** Rows from which on indexes pay. */
const MANY = 1000;
const WINDOW = 1000;

/** What a push is taken back by. */
export interface PushedRows {
  readonly runId: string;
  readonly plan: PushPlan;
  readonly state: PushState;
  readonly rows: PushRows;
}

/**
 * Removes exactly the rows that a push has written: in one transaction where the system has any, else some at a time, after which another undo can
 * go on. Rows that may have arrived are looked for as well.
 * @throws ApiError conflict, when nobody can tell which rows these are; SeedError; ConnectionError; the reason of the signal
 */
export async function undoPush(
  session: Session,
  connector: Connector,
  pushed: PushedRows,
  wish: UndoWish,
): Promise<Undone> {
  const { runId, plan } = pushed;
  const { signal, dryRun } = wish;
  refuseNotUndoable({ kind: 'push', ...pushed });
  const target = new PushTarget(session, connector, plan);
  // No COMMIT may come behind what is looked at here.
  if (!dryRun && pushed.state.chunk !== null) await target.claim(runId, signal);
  const { state, unknown } = await settled(pushed, target, signal);
  const written = new WrittenRows(plan, state, pushed.rows);
  const table = await session.describe(plan.table);
  const gone = written.table.columns.find((name) => table.isOpen !== true && !hasColumn(table, name));
  if (gone !== undefined)
    throw new SeedError('receipt_does_not_fit', `${tableId(table)} has no column ${gone} any more`);
  const found = await look(session, table, written, plan, target.isWhole, signal);
  const kept: ReadonlySet<number> = wish.edited === 'keep' ? new Set(found.edited.keys()) : new Set();
  const isGoing = (place: number): boolean => !found.missing.has(place) && !kept.has(place);
  const uses = await findUses(session, table, written.table.identity, () => goingRows(written, found, isGoing), signal);
  const reason =
    uses.length > 0
      ? 'rows_in_use'
      : found.edited.size > 0 && wish.edited === 'refuse'
        ? 'rows_edited'
        : dryRun
          ? 'dry_run'
          : null;
  const report = {
    isDone: reason === null,
    reason,
    ...told(tableId(table), written, found, kept),
    uses,
    unknown,
  } as const;
  if (reason === null) await remove(session, connector, runId, target, table, written, isGoing, wish);
  return report;
}

/** Rows on their way are counted, or known not to have arrived. Of keys that a system makes, some may stay unknown. */
async function settled(
  { plan, state, rows }: PushedRows,
  target: PushTarget,
  signal: AbortSignal,
): Promise<{ readonly state: PushState; readonly unknown: number }> {
  // Keys that come from the template are looked for one by one.
  if (plan.identity?.by === 'template') return { state, unknown: 0 };
  const { unknown } = state;
  if (state.chunk === null || doubtful(state) === 0) return { state: { ...state, chunk: null }, unknown };
  if (target.isWhole) return { state: await settleChunk(plan, rows, state, target, signal), unknown };
  return { state: { ...state, chunk: null }, unknown: unknown + doubtful(state) };
}

interface Found extends Pick<Scan, 'missing' | 'found'> {
  readonly edited: ReadonlyMap<number, readonly string[]>;
  /** Of rows that were changed: what they hold, of columns that others may refer to. */
  readonly held: ReadonlyMap<number, Row>;
}

async function look(
  session: Session,
  table: Table,
  written: WrittenRows,
  plan: PushPlan,
  isWhole: boolean,
  signal: AbortSignal,
): Promise<Found> {
  const referred = session.find === undefined ? [] : referredColumns(await session.introspect(), table);
  const uncompared = table.columns.filter(isUncompared).map(({ name }) => name);
  const known = { ...written.table, columns: written.table.columns.filter((name) => !uncompared.includes(name)) };
  const compared = columnsOf(table, known.columns).filter(({ name }) => !known.identity.includes(name));
  const made = { table: known, rows: (from: number, to: number) => written.rows(from, to) };
  const signs = new Map<number, string>();
  const held = new Map<number, Row>();
  const scan = await scanRows(session, table, made, written.count, written.count, signal, (place, row) => {
    signs.set(place, signOf(compared, row));
    held.set(place, Object.fromEntries(referred.map((name) => [name, row[name] ?? null])) as Row);
  });
  if (plan.identity?.by === 'template') return { ...withoutStrangers(scan, written, isWhole), held };
  if (scan.edited.size === 0) return { ...scan, held };
  // Keys that the system made say nothing of the order of rows: a row is as it was when it is one of those that were sent.
  const sent = new Map<string, number>();
  for (const place of [...scan.edited.keys(), ...scan.missing]) {
    const [row] = written.rows(place, place + 1);
    const sign = signOf(compared, row ?? {});
    sent.set(sign, (sent.get(sign) ?? 0) + 1);
  }
  const edited = new Map(scan.edited);
  for (const [place, sign] of signs) {
    const left = sent.get(sign) ?? 0;
    if (left === 0) continue;
    sent.set(sign, left - 1);
    edited.delete(place);
  }
  return { ...scan, edited, held };
}

/**
 * Rows with the key of one that may not have arrived, and with other values, are somebody else's: unless others were kept together with it, and
 * are there as they were sent.
 */
function withoutStrangers(
  scan: Scan,
  written: WrittenRows,
  isWhole: boolean,
): Pick<Scan, 'missing' | 'found' | 'edited'> {
  const strangers = [...scan.edited.keys()].filter(written.isDoubtful);
  if (strangers.length === 0) return scan;
  for (let place = 0; isWhole && place < written.count; place++) {
    if (written.isDoubtful(place) && !scan.missing.has(place) && !scan.edited.has(place)) return scan;
  }
  const others = new Set(strangers);
  return {
    found: scan.found - others.size,
    missing: new Set([...scan.missing, ...others]),
    edited: new Map([...scan.edited].filter(([place]) => !others.has(place))),
  };
}

const signOf = (columns: readonly Column[], row: Row): string =>
  columns
    .map((column) => {
      const value = row[column.name] ?? null;
      if (value === null) return 'null';
      if (column.kind === 'boolean') return String(Boolean(value));
      return `=${identityPart(column, typeof value === 'object' ? JSON.stringify(value) : value)}`;
    })
    .join('\0');

/** Rows that are going, with the columns that others may refer to. */
function* goingRows(
  written: WrittenRows,
  { held }: Found,
  isGoing: (place: number) => boolean,
): Generator<readonly Row[]> {
  for (let from = 0; from < written.count; from += WINDOW) {
    const rows = written.rows(from, Math.min(written.count, from + WINDOW));
    yield rows.flatMap((row, i) => (isGoing(from + i) ? [{ ...row, ...held.get(from + i) }] : []));
  }
}

function told(table: string, written: WrittenRows, found: Found, kept: ReadonlySet<number>) {
  const edited = [...found.edited].slice(0, MOST_LISTED).map(([place, columns]) => {
    const [key = {}] = written.keys(place, place + 1);
    return { table, key, columns };
  });
  const counts = {
    table,
    written: written.count,
    removed: found.found - kept.size,
    missing: found.missing.size,
    edited: found.edited.size,
    kept: kept.size,
  };
  return { tables: [counts], edited };
}

async function remove(
  session: Session,
  { capabilities }: Connector,
  runId: string,
  target: PushTarget,
  table: Table,
  written: WrittenRows,
  isGoing: (place: number) => boolean,
  { signal, onProgress }: UndoWish,
): Promise<void> {
  const each = async (): Promise<void> => {
    for (const { first, keys } of written.backwards()) {
      signal.throwIfAborted();
      const going = keys.filter((_, i) => isGoing(first + i)).toReversed();
      if (going.length > 0) await session.remove(table, [going]);
      onProgress?.({ table: tableId(table), rows: written.count - first, of: written.count });
    }
  };
  if (!capabilities.transactions) return each();
  await session.transaction(async () => {
    await target.claim(runId, signal);
    const drop = written.count < MANY ? undefined : await session.indexReferences?.([table]);
    await each();
    await drop?.();
  });
}

const hasColumn = (table: Table, name: string): boolean => table.columns.some((column) => column.name === name);

const columnsOf = (table: Table, names: readonly string[]): Column[] =>
  names.flatMap((name) => table.columns.filter((column) => column.name === name));
