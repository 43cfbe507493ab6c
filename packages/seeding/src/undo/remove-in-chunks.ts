import type { Row } from '@datamaker/connectors';
import { TableRows } from '../apply/table-rows.ts';
import { RowFinder } from '../keys/row-finder.ts';
import { tableId } from '../plan/table-id.ts';
import { type Scan, type ScannedRows, scanRows } from '../verify/scan-rows.ts';
import type { Use } from './find-uses.ts';
import { keepEdited } from './kept-rows.ts';
import { isGoing, type OpenTable } from './open-tables.ts';
import type { UndoRun } from './undo-run.ts';

/** Rows of a chunk. */
const CHUNK = 1000;

/** A row that was changed, and in which columns. */
type Seen = readonly [row: number, columns: readonly string[]];

/** Why an undo ends before all is removed. */
export interface Stop {
  readonly reason: 'rows_edited' | 'rows_in_use';
  readonly uses: readonly Use[];
}

/**
 * Removes what is going, a chunk in each transaction, in which its rows are looked at once more: others write between two chunks.
 * @returns undefined: all that was going is removed
 */
export async function removeInChunks(run: UndoRun, waitMs: number): Promise<Stop | undefined> {
  const { session, plan, keys, tables } = run;
  for (const one of tables.filter(({ planned }) => planned.later.length > 0)) {
    // Rows that refer to each other in a circle let go of each other first.
    const made = await TableRows.of(plan, one.planned, keys);
    for (let from = 0; from < one.count; from += CHUNK) {
      const to = Math.min(one.count, from + CHUNK);
      const stop = await inChunk(run, one, made, [from, to], one.filled, waitMs, async (going) => {
        const first = made.rows(from, to, 'first').filter((_, i) => going.has(from + i));
        await session.insert(one.planned.table, [first], { onConflict: 'update', key: one.planned.identity });
        return undefined;
      });
      if (stop !== undefined) return stop;
    }
  }
  for (const one of tables.toReversed()) {
    const made = await TableRows.of(plan, one.planned, keys);
    // The last rows first: rows of a tree refer to earlier ones.
    for (let to = one.count; to > 0; to -= CHUNK) {
      const from = Math.max(0, to - CHUNK);
      let gone = 0;
      const stop = await inChunk(run, one, made, [from, to], 0, waitMs, async (going) => {
        const uses = await usesOf(run, one, going);
        if (uses.length > 0) return { reason: 'rows_in_use', uses };
        const rows = [...going].toReversed();
        await session.remove(one.planned.table, [rows.map((row) => one.keys.identity(row))]);
        gone = rows.length;
        return undefined;
      });
      if (stop !== undefined) return stop;
      one.removed += gone;
      run.options.onProgress?.({ table: one.planned.id, rows: one.count - from, of: one.count });
    }
  }
  return undefined;
}

/**
 * Looks at some rows, and does something with those that go on going.
 * @param act given their numbers, ascending; at least one
 */
async function inChunk(
  { session, keys, tables, options }: UndoRun,
  one: OpenTable,
  made: ScannedRows,
  [from, to]: readonly [number, number],
  filled: number,
  waitMs: number,
  act: (going: ReadonlySet<number>) => Promise<Stop | undefined>,
): Promise<Stop | undefined> {
  const { signal, edited: wish = 'refuse' } = options;
  signal?.throwIfAborted();
  return await session.transaction(
    async () => {
      const now = await scanRows(session, one.table, made, to, filled, { from, holds: true, signal });
      const changed = [...now.edited].filter(([row]) => isGoing(one, row) && one.scan?.edited.has(row) !== true);
      const lost = [...now.missing].filter((row) => one.scan?.missing.has(row) !== true);
      if (changed.length + lost.length > 0) one.scan = since(one, changed, lost);
      if (changed.length > 0 && wish === 'refuse') return { reason: 'rows_edited', uses: [] };
      if (changed.length > 0 && wish === 'keep') keepEdited(tables, keys);
      const going = new Set<number>();
      for (let row = from; row < to; row++) if (isGoing(one, row)) going.add(row);
      if (going.size === 0) return undefined;
      return await act(going);
    },
    { waitMs },
  );
}

/** What is known of a table, with what was seen since. */
function since({ scan, count }: OpenTable, changed: readonly Seen[], lost: readonly number[]): Scan | undefined {
  if (scan === undefined) return undefined;
  const missing = new Set([...scan.missing, ...lost]);
  return { ...scan, found: count - missing.size, missing, edited: new Map([...scan.edited, ...changed]) };
}

/** Rows that refer to some of a table, and are not among them: those of the run that refer to them are gone by then. */
async function usesOf(run: UndoRun, one: OpenTable, going: ReadonlySet<number>): Promise<Use[]> {
  const { session, all } = run;
  const { id } = one.planned;
  const uses: Use[] = [];
  for (const child of all) {
    for (const key of child.foreignKeys) {
      if (tableId(key.to) !== id) continue;
      const referring = [...going].flatMap((row): Row[] => {
        const values = one.keys.values(row);
        const told = key.columns.map((name, i) => [name, values[key.toColumns[i] as string] ?? null] as const);
        return told.some(([, value]) => value === null) ? [] : [Object.fromEntries(told)];
      });
      if (referring.length === 0) continue;
      const rows =
        tableId(child) === id
          ? await countOwn(run, one, referring, going)
          : ((await session.find?.(child, referring)) ?? []).length;
      if (rows > 0) uses.push({ table: tableId(child), key: key.name, to: id, rows });
    }
  }
  return uses;
}

/** Rows of the table itself that refer to some of it and stay. */
async function countOwn(
  { session, keys }: UndoRun,
  { planned, table, count: all }: OpenTable,
  referring: readonly Row[],
  going: ReadonlySet<number>,
): Promise<number> {
  const identity = planned.identity.flatMap((name) => table.columns.filter((column) => column.name === name));
  const finder = new RowFinder(planned, identity, keys, all);
  let count = 0;
  for await (const rows of session.hold?.({ table: planned.table, columns: planned.identity, keys: referring }) ?? []) {
    for (const row of rows) {
      const number = finder.find(identity, row);
      if (number === undefined || !going.has(number)) count++;
    }
  }
  return count;
}
