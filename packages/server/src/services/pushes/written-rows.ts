import type { Row } from '@datamaker/connectors';
import type { PushIdentity, PushPlan, PushState, PushWithin } from '../../store/push-receipt-table.ts';
import { keptBetween } from './kept-keys.ts';
import { keyRows } from './present-keys.ts';
import type { PushRows } from './push-rows-of.ts';

const AT_ONCE = 1000;

/** Rows of one table that a push has written, by their place among them, each with the columns that tell it apart. */
export interface Written {
  readonly table: {
    readonly table: PushPlan['table'];
    readonly columns: readonly string[];
    readonly identity: readonly string[];
    readonly uncompared: readonly string[];
    readonly later: readonly string[];
  };
  readonly by: PushIdentity['by'];
  readonly count: number;
  rows(from: number, to: number): Row[];
  /** Whether a row may be there, and may not: of one whose key comes from the template. */
  isDoubtful(place: number): boolean;
  /** What tells rows [from, to) apart. */
  keys(from: number, to: number): Row[];
}

/** The last rows first: rows that refer to others of the push come after them. */
export function* backwards(written: Written): Generator<{ readonly first: number; readonly keys: readonly Row[] }> {
  for (let to = written.count; to > 0; to -= AT_ONCE) {
    const first = Math.max(0, to - AT_ONCE);
    yield { first, keys: written.keys(first, to) };
  }
}

/**
 * The rows that a push has written, by their place among them, each with the columns that tell it apart. Of keys that come from the
 * template, rows that may have arrived are among them: they are found or not. Of keys that the system made, the first row is taken for that
 * with the first key: which row is which does not matter to who asks whether all of them are there.
 */
export class WrittenRows implements Written {
  readonly table: Written['table'];
  readonly by: Written['by'];
  readonly count: number;
  readonly #plan: PushPlan;
  readonly #state: PushState;
  readonly #rows: PushRows;
  /** Numbers of rows that are not there, ascending. */
  readonly #left: readonly number[];
  /** Numbers of rows that may be there. */
  readonly #doubtful: ReadonlySet<number>;

  constructor(plan: PushPlan, state: PushState, rows: PushRows) {
    const identity = plan.identity?.columns ?? [];
    const within = new Set((plan.within ?? []).map(({ path }: PushWithin) => path[0]));
    const given = Object.values(plan.columns).filter((name) => name !== null && !within.has(name)) as string[];
    this.table = {
      table: plan.table,
      columns: [...new Set([...identity, ...given])],
      identity,
      uncompared: [],
      later: [],
    };
    this.by = plan.identity?.by ?? 'system';
    this.#plan = plan;
    this.#state = state;
    this.#rows = rows;
    const isGiven = plan.identity?.by === 'template';
    const { chunk, failures, position } = state;
    const refused = failures.filter((one) => !(isGiven && one.unknown)).map(({ row }) => row);
    this.#left = [...refused, ...(chunk?.unsent ?? [])].sort((a, b) => a - b);
    const open =
      chunk === null ? [] : (chunk.open ?? Array.from({ length: chunk.to - position }, (_, i) => position + i));
    this.#doubtful = new Set([...open, ...failures.filter((one) => one.unknown).map(({ row }) => row)]);
    const end = chunk?.to ?? position;
    this.count = isGiven ? end - plan.from - this.#left.length : state.written;
  }

  rows(from: number, to: number): Row[] {
    const [first, end] = [this.#numberOf(from), this.#numberOf(to - 1) + 1];
    const left = new Set(this.#left);
    const made = [...this.#rows.between(first, end)].flat().filter((_, i) => !left.has(first + i));
    if (this.#plan.identity?.by === 'template') return made;
    return keptBetween(this.#state.keys, this.table.identity, from, to).map((key, i) => ({ ...made[i], ...key }));
  }

  isDoubtful = (place: number): boolean => this.#doubtful.size > 0 && this.#doubtful.has(this.#numberOf(place));

  keys(from: number, to: number): Row[] {
    if (this.#plan.identity?.by === 'template') return keyRows(this.rows(from, to), this.table.identity);
    return keptBetween(this.#state.keys, this.table.identity, from, to);
  }

  #numberOf(place: number): number {
    let number = this.#plan.from + place;
    for (const left of this.#left) if (left <= number) number++;
    return number;
  }
}
