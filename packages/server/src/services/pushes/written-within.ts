import type { Row } from '@datamaker/connectors';
import type { PushPlan, PushState, PushWithin } from '../../store/push-receipt-table.ts';
import { keptBetween, NO_KEYS } from './kept-keys.ts';
import { keyRows } from './present-keys.ts';
import { childrenOf, pathText } from './rows-within.ts';
import type { Written } from './written-rows.ts';

const WINDOW = 1000;

/**
 * The rows that a push has written within its own ones. Those whose keys the system has made are taken in any order, as it is with the
 * outer ones.
 */
export class WrittenWithin implements Written {
  readonly table: Written['table'];
  readonly by: Written['by'];
  readonly count: number;
  readonly #outer: Written;
  readonly #all: readonly PushWithin[];
  readonly #within: PushWithin;
  readonly #kept: PushState['keys'];
  /** Rows within those before each of the outer ones. */
  readonly #before: readonly number[];

  constructor(plan: PushPlan, state: PushState, outer: Written, within: PushWithin) {
    const identity = within.identity?.columns ?? [];
    this.table = {
      table: within.table,
      columns: [...new Set([...identity, ...within.columns])],
      identity,
      uncompared: [],
      later: [],
    };
    this.by = within.identity?.by ?? 'system';
    this.#outer = outer;
    this.#all = plan.within ?? [];
    this.#within = within;
    this.#kept = state.within?.[pathText(within)]?.keys ?? NO_KEYS;
    const before = [0];
    for (let from = 0; from < outer.count; from += WINDOW) {
      for (const row of outer.rows(from, Math.min(outer.count, from + WINDOW))) {
        before.push((before.at(-1) ?? 0) + childrenOf(row, within, this.#all).length);
      }
    }
    this.#before = before;
    this.count = before.at(-1) ?? 0;
  }

  rows(from: number, to: number): Row[] {
    if (from >= to) return [];
    const [first, last] = [this.outerOf(from), this.outerOf(to - 1)];
    const all = this.#outer.rows(first, last + 1).flatMap((row) => childrenOf(row, this.#within, this.#all));
    const start = from - (this.#before[first] ?? 0);
    const made = all.slice(start, start + to - from).map((row) => this.#own(row));
    if (this.by === 'template') return made;
    return keptBetween(this.#kept, this.table.identity, from, to).map((key, i) => ({ ...made[i], ...key }));
  }

  keys(from: number, to: number): Row[] {
    if (this.by === 'template') return keyRows(this.rows(from, to), this.table.identity);
    return keptBetween(this.#kept, this.table.identity, from, to);
  }

  isDoubtful = (place: number): boolean => this.#outer.isDoubtful(this.outerOf(place));

  /** The place of the outer row that a row is within. Of keys that the system has made it is any. */
  outerOf(place: number): number {
    let [low, high] = [0, this.#before.length - 1];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#before[middle] ?? 0) <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Without what is within it itself. */
  #own(row: Row): Row {
    const { columns } = this.#within;
    return Object.fromEntries(Object.entries(row).filter(([name]) => columns.includes(name)));
  }
}
