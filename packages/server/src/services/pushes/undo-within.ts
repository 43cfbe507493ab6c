import { type Column, ConnectionError, type Row, type Session, type Table } from '@datamaker/connectors';
import { boundConditions, boundsOf, identityText, tableId, type Use } from '@datamaker/seeding';
import type { PushPlan, PushState, PushWithin } from '../../store/push-receipt-table.ts';
import { type Found, type LookOptions, lookAt } from './look-at-rows.ts';
import { pathText } from './rows-within.ts';
import { backwards, type Written } from './written-rows.ts';
import { WrittenWithin } from './written-within.ts';

const WINDOW = 1000;
/** After these nobody knows whether the system would have taken it. */
const NO_REFUSAL = new Set(['broken', 'timeout', 'unknown_outcome', 'auth']);

/** Systems that take rows within rows keep none between tables, and hold none. */
const alone = (signal: AbortSignal): LookOptions => ({ isWhole: false, referred: [], holds: false, signal });

/** Rows of one table that went in within those of a push, and what is there of them. */
export interface LevelWithin {
  readonly within: PushWithin;
  readonly table: Table;
  readonly written: WrittenWithin;
  readonly found: Found;
}

/** Rows of a push with those within them: each with all that is within it goes or stays as a whole. */
export class DeepRows {
  /** Outer ones first. */
  readonly levels: readonly LevelWithin[];
  /** Places of the outermost rows by the keys of rows within them, and of their own: under no path. */
  readonly #places = new Map<string, ReadonlyMap<string, number>>();
  readonly #keyColumns = new Map<string, readonly Column[]>();
  readonly #session: Session;
  readonly #outer: { readonly table: Table; readonly written: Written };

  private constructor(session: Session, table: Table, outer: Written, levels: readonly LevelWithin[]) {
    this.#session = session;
    this.#outer = { table, written: outer };
    this.levels = levels;
    if (levels.length === 0) return;
    this.#place('', table, outer, (_, place) => place);
    for (const level of levels) {
      this.#place(pathText(level.within), level.table, level.written, (key) => this.#rootOf(level.within, key));
    }
  }

  static async look(
    session: Session,
    { within = [] }: PushPlan,
    open: (one: PushWithin) => WrittenWithin,
    table: Table,
    outer: Written,
    signal: AbortSignal,
  ): Promise<DeepRows> {
    const levels: LevelWithin[] = [];
    for (const one of within) {
      if (one.identity === null) continue;
      const [inner, written] = [await session.describe(one.table), open(one)];
      levels.push({ within: one, table: inner, written, found: await lookAt(session, inner, written, alone(signal)) });
    }
    return new DeepRows(session, table, outer, levels);
  }

  /** Places of rows within which something was changed. */
  changed(): ReadonlySet<number> {
    const places = new Set<number>();
    for (const { within, written, found } of this.levels) {
      for (const place of found.edited.keys()) {
        const root = this.#rootOf(within, written.keys(place, place + 1)[0] ?? {});
        if (root !== undefined) places.add(root);
      }
    }
    return places;
  }

  /** Whether the row goes in which a row is. One whose outer row is not there any more goes too. */
  isGoing({ within, found }: LevelWithin, place: number, key: Row, kept: ReadonlySet<number>): boolean {
    if (found.missing.has(place)) return false;
    const root = this.#rootOf(within, key);
    return root === undefined || !kept.has(root);
  }

  /** Rows within those that go which the push has not written. */
  async strays(isGoing: (place: number) => boolean, signal: AbortSignal): Promise<readonly Use[]> {
    const uses: Use[] = [];
    for (const { within, table } of this.levels) {
      const { table: outer, written } = this.#outerOf(within);
      const own = this.#places.get(pathText(within)) ?? new Map();
      const identity = within.identity?.columns ?? [];
      let rows = 0;
      for (let from = 0; from < written.count; from += WINDOW) {
        const keys = written.keys(from, Math.min(written.count, from + WINDOW));
        const going = new Set<string>();
        for (const key of keys) {
          const text = this.#textOf(within.path.slice(0, -1).join('/'), key);
          const root = this.#places.get(within.path.slice(0, -1).join('/'))?.get(text);
          if (root !== undefined && isGoing(root)) going.add(text);
        }
        const columns = [...new Set([...identity, ...within.link.map(({ column }) => column)])];
        const where = within.link.flatMap(({ column, parent }) => {
          const described = table.columns.find(({ name }) => name === column);
          const values = keys.map((key) => key[parent]);
          return described === undefined ? [] : boundConditions(described, boundsOf(described, values));
        });
        for await (const some of this.#session.read({ table: within.table, columns, where, signal })) {
          for (const row of some) {
            const isWithin = going.has(this.#outerText(within, row));
            if (isWithin && !own.has(this.#textOf(pathText(within), row))) rows++;
          }
        }
      }
      if (rows > 0) uses.push({ table: tableId(table), key: pathText(within), to: tableId(outer), rows });
    }
    return uses;
  }

  /**
   * Removes rows within, the innermost first, and then the outer ones. Those that the system does not let anybody remove go with the row
   * that they are in, and are looked for afterwards.
   */
  async remove(
    kept: ReadonlySet<number>,
    signal: AbortSignal,
    onRemoved: (table: Table, written: Written, first: number) => void,
    removeOuter: () => Promise<void>,
  ): Promise<void> {
    const refused: { readonly level: LevelWithin; readonly error: ConnectionError }[] = [];
    for (const level of this.levels.toReversed()) {
      for (const { first, keys } of backwards(level.written)) {
        signal.throwIfAborted();
        const going = keys.filter((key, i) => this.isGoing(level, first + i, key, kept)).toReversed();
        try {
          if (going.length > 0) await this.#session.remove(level.table, [going]);
        } catch (error) {
          if (!(error instanceof ConnectionError) || error.isTransient || NO_REFUSAL.has(error.problem)) throw error;
          refused.push({ level, error });
          break;
        }
        onRemoved(level.table, level.written, first);
      }
    }
    await removeOuter();
    for (const { level, error } of refused) {
      const left = await lookAt(this.#session, level.table, level.written, alone(signal));
      const isLeft = [...level.written.keys(0, level.written.count).entries()].some(
        ([place, key]) => !left.missing.has(place) && this.isGoing(level, place, key, kept),
      );
      if (isLeft) throw error;
    }
  }

  #place(path: string, table: Table, written: Written, rootOf: (key: Row, place: number) => number | undefined): void {
    const columns = written.table.identity.flatMap((name) => table.columns.filter((column) => column.name === name));
    this.#keyColumns.set(path, columns);
    const places = new Map<string, number>();
    for (let from = 0; from < written.count; from += WINDOW) {
      for (const [i, key] of written.keys(from, Math.min(written.count, from + WINDOW)).entries()) {
        const root = rootOf(key, from + i);
        if (root !== undefined) places.set(identityText(columns, key), root);
      }
    }
    this.#places.set(path, places);
  }

  #rootOf(within: PushWithin, key: Row): number | undefined {
    return this.#places.get(within.path.slice(0, -1).join('/'))?.get(this.#outerText(within, key));
  }

  /** The key of the row that a row is within. */
  #outerText({ path, link }: PushWithin, row: Row): string {
    const key = Object.fromEntries(link.map(({ column, parent }) => [parent, row[column] ?? null]));
    return this.#textOf(path.slice(0, -1).join('/'), key as Row);
  }

  #textOf(path: string, key: Row): string {
    return identityText(this.#keyColumns.get(path) ?? [], key);
  }

  #outerOf({ path }: PushWithin): { readonly table: Table; readonly written: Written } {
    const outer = path.slice(0, -1).join('/');
    return this.levels.find(({ within }) => pathText(within) === outer) ?? this.#outer;
  }
}

/** Opens rows within those of a push. */
export const openWithin =
  (plan: PushPlan, state: PushState, outer: Written) =>
  (one: PushWithin): WrittenWithin =>
    new WrittenWithin(plan, state, outer, one);
