import type { Row } from '@datamaker/connectors';
import type { PushPlan, PushState } from '../../store/push-receipt-table.ts';
import { rowsOfKeys } from './kept-keys.ts';
import { keyRows } from './present-keys.ts';
import type { PushRows } from './push-rows-of.ts';

const AT_ONCE = 1000;

/**
 * The rows that a push has written, by their place among them, each with the columns that tell it apart. Of keys that come from the
 * template, rows that may have arrived are among them: they are found or not. Of keys that the system made, the first row is taken for that
 * with the first key: which row is which does not matter to who asks whether all of them are there.
 */
export class WrittenRows {
  readonly table: {
    readonly table: PushPlan['table'];
    readonly columns: readonly string[];
    readonly identity: readonly string[];
    readonly uncompared: readonly string[];
    readonly later: readonly string[];
  };
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
    const given = Object.values(plan.columns).filter((name) => name !== null);
    this.table = {
      table: plan.table,
      columns: [...new Set([...identity, ...given])],
      identity,
      uncompared: [],
      later: [],
    };
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
    return this.#kept(from, to).map((key, i) => ({ ...made[i], ...key }));
  }

  /** Whether a row may be there, and may not: of one whose key comes from the template. */
  isDoubtful = (place: number): boolean => this.#doubtful.size > 0 && this.#doubtful.has(this.#numberOf(place));

  /** What tells rows [from, to) apart. */
  keys(from: number, to: number): Row[] {
    if (this.#plan.identity?.by === 'template') return keyRows(this.rows(from, to), this.table.identity);
    return this.#kept(from, to);
  }

  /** The last rows first: rows that refer to others of the push come after them. */
  *backwards(): Generator<{ readonly first: number; readonly keys: readonly Row[] }> {
    for (let to = this.count; to > 0; to -= AT_ONCE) {
      const first = Math.max(0, to - AT_ONCE);
      yield { first, keys: this.keys(first, to) };
    }
  }

  #numberOf(place: number): number {
    let number = this.#plan.from + place;
    for (const left of this.#left) if (left <= number) number++;
    return number;
  }

  #kept(from: number, to: number): Row[] {
    const { ranges, others } = this.#state.keys;
    const { columns } = this.#plan.identity ?? { columns: [] };
    const some: [string, string][] = [];
    let passed = 0;
    for (const [first, last] of ranges) {
      const size = Number(BigInt(last) - BigInt(first)) + 1;
      const [a, b] = [Math.max(from, passed), Math.min(to, passed + size)];
      if (a < b) {
        const start = BigInt(first) + BigInt(a - passed);
        some.push([String(start), String(start + BigInt(b - a - 1))]);
      }
      passed += size;
    }
    const rest = others.slice(Math.max(0, from - passed), Math.max(0, to - passed));
    return [...rowsOfKeys({ ranges: some, others: rest, isComplete: true }, columns, Math.max(1, to - from))].flat();
  }
}
