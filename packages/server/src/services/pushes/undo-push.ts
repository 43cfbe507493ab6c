import type { Connector, Row, Session, Table } from '@datamaker/connectors';
import { isUncompared, SeedError, tableId } from '@datamaker/seeding';
import type { PushPlan, PushState } from '../../store/push-receipt-table.ts';
import type { Undone, UndoWish } from '../undo/undone.ts';
import { findUses, referredColumns } from './find-uses.ts';
import { type Found, lookAt } from './look-at-rows.ts';
import { doubtful } from './push-progress.ts';
import type { PushRows } from './push-rows-of.ts';
import { PushTarget } from './push-target.ts';
import { settleChunk } from './settle-chunk.ts';
import { undoOverRest } from './undo-over-rest.ts';
import { DeepRows, openWithin } from './undo-within.ts';
import { refuseNotUndoable } from './why-not-undone.ts';
import { backwards, type Written, WrittenRows } from './written-rows.ts';

const MOST_LISTED = 100;
/** Rows from which on indexes pay. */
const MANY = 1000;
const WINDOW = 1000;
/** How long rows are waited for that others hold. */
const WAIT_MS = 30_000;

/** What a push is taken back by. */
export interface PushedRows {
  readonly runId: string;
  readonly plan: PushPlan;
  readonly state: PushState;
  readonly rows: PushRows;
}

/**
 * Removes exactly the rows that a push has written: in one transaction where the system has any, else some at a time, after which another undo can
 * go on. Rows that may have arrived are looked for as well. What goes is looked at in the transaction that removes it, and held where the system can
 * (`Session.hold`); where there is none, what others write between the two is not seen.
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
  if (connector.type === 'rest') return undoOverRest(session, pushed, wish);
  const target = new PushTarget(session, connector, plan);
  // No COMMIT may come behind what is looked at here.
  if (!dryRun && pushed.state.chunk !== null) await target.claim(runId, signal);
  const { state, unknown } = await settled(pushed, target, signal);
  const written = new WrittenRows(plan, state, pushed.rows);
  const table = await session.describe(plan.table);
  const gone = written.table.columns.find((name) => table.isOpen !== true && !hasColumn(table, name));
  if (gone !== undefined)
    throw new SeedError('receipt_does_not_fit', `${tableId(table)} has no column ${gone} any more`);
  const { tables: all } = session.find === undefined ? { tables: [] } : await session.introspect();
  const referred = referredColumns(all, table);
  const uncompared = table.columns
    .filter((column) => isUncompared(column) && written.table.columns.includes(column.name))
    .map(({ name }) => `${tableId(table)}.${name}`);
  const look = async (holds: boolean): Promise<Looked> => {
    const found = await lookAt(session, table, written, { isWhole: target.isWhole, referred, holds, signal });
    const deep = await DeepRows.look(session, plan, openWithin(plan, state, written), table, written, signal);
    const isEdited = found.edited.size > 0 || deep.levels.some((level) => level.found.edited.size > 0);
    const kept = new Set(wish.edited === 'keep' ? [...found.edited.keys(), ...deep.changed()] : []);
    const isGoing = (place: number): boolean => !found.missing.has(place) && !kept.has(place);
    const { identity } = written.table;
    const uses = [
      ...(await findUses(session, all, table, identity, () => goingRows(written, found, isGoing), signal)),
      ...(await deep.strays(isGoing, signal)),
    ];
    const reason =
      uses.length > 0
        ? 'rows_in_use'
        : isEdited && wish.edited === 'refuse'
          ? 'rows_edited'
          : dryRun
            ? 'dry_run'
            : null;
    const rows = [
      { table, written, found, isKept: (place: number) => kept.has(place) && !found.missing.has(place) },
      ...deep.levels.map((level) => ({
        ...level,
        isKept: (place: number, key: Row) => !level.found.missing.has(place) && !deep.isGoing(level, place, key, kept),
      })),
    ];
    const report = {
      isDone: reason === null,
      reason,
      ...told(rows, kept.size > 0),
      uses,
      uncompared,
      unknown,
    } as const;
    return { report, isGoing, deep, kept };
  };
  const removed = (of: Table, rows: Written, first: number): void =>
    wish.onProgress?.({ table: tableId(of), rows: rows.count - first, of: rows.count });
  const removeEach = async ({ isGoing }: Looked): Promise<void> => {
    for (const { first, keys } of backwards(written)) {
      signal.throwIfAborted();
      const going = keys.filter((_, i) => isGoing(first + i)).toReversed();
      if (going.length > 0) await session.remove(table, [going]);
      removed(table, written, first);
    }
  };
  if (dryRun || !connector.capabilities.transactions) {
    const looked = await look(false);
    const { report, deep, kept } = looked;
    if (report.reason === null) await deep.remove(kept, signal, removed, () => removeEach(looked));
    return report;
  }
  const inOne = async (): Promise<Undone> => {
    await target.claim(runId, signal);
    // Before rows are held: who writes into a table that gets an index may wait for these.
    const drop = written.count < MANY ? undefined : await session.indexReferences?.([table]);
    const looked = await look(true);
    if (looked.report.reason === null) await removeEach(looked);
    await drop?.();
    return looked.report;
  };
  return await session.transaction(inOne, { waitMs: WAIT_MS });
}

/** What is known of rows that may go. */
interface Looked {
  readonly report: Undone;
  readonly isGoing: (place: number) => boolean;
  readonly deep: DeepRows;
  readonly kept: ReadonlySet<number>;
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

/** Rows that are going, with the columns that others may refer to. */
function* goingRows(written: Written, { held }: Found, isGoing: (place: number) => boolean): Generator<readonly Row[]> {
  for (let from = 0; from < written.count; from += WINDOW) {
    const rows = written.rows(from, Math.min(written.count, from + WINDOW));
    yield rows.flatMap((row, i) => (isGoing(from + i) ? [{ ...row, ...held.get(from + i) }] : []));
  }
}

interface ToldRows {
  readonly table: Table;
  readonly written: Written;
  readonly found: Found;
  readonly isKept: (place: number, key: Row) => boolean;
}

function told(all: readonly ToldRows[], someAreKept: boolean) {
  const edited = all.flatMap(({ table, written, found }) =>
    [...found.edited].slice(0, MOST_LISTED).map(([place, columns]) => {
      const [key = {}] = written.keys(place, place + 1);
      return { table: tableId(table), key, columns };
    }),
  );
  const tables = all.map(({ table, written, found, isKept }) => {
    let kept = 0;
    for (const { first, keys } of someAreKept ? backwards(written) : [])
      kept += keys.filter((key, i) => isKept(first + i, key)).length;
    return {
      table: tableId(table),
      written: written.count,
      removed: found.found - kept,
      missing: found.missing.size,
      edited: found.edited.size,
      kept,
    };
  });
  return { tables, edited: edited.slice(0, MOST_LISTED) };
}

const hasColumn = (table: Table, name: string): boolean => table.columns.some((column) => column.name === name);
