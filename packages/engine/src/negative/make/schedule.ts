import type { Case, NegativePlan } from '../../plan/negative-plan.ts';
import { fieldKey } from '../../random/field-key.ts';
import { word } from '../../random/mix.ts';

const WHOLE = 10_000;

/**
 * Which row is wrong in which way, a function of seed and row alone. Wrong rows are spread evenly; the first of them go
 * through all cases in turn, and from then on cases are drawn.
 */
export class Schedule {
  readonly #cases: readonly Case[];
  readonly #share: number;
  readonly #first: number;
  readonly #key: bigint;

  constructor({ cases, share }: Pick<NegativePlan, 'cases' | 'share'>, seed: string) {
    this.#cases = cases;
    this.#share = share;
    // A value can only be repeated when there is one: where values are repeated on purpose, row 0 is right.
    this.#first = share === WHOLE && cases.some((one) => one.edit.do === 'duplicate') ? 1 : 0;
    this.#key = fieldKey(seed, '\0negative');
  }

  /** What is wrong with a row; undefined when it is right. */
  caseOf(row: number): Case | undefined {
    if (row < this.#first) return undefined;
    const before = this.#wrongBefore(row - this.#first);
    if (this.#wrongBefore(row - this.#first + 1) === before) return undefined;
    return this.#cases[before < this.#cases.length ? before : this.draw(row, 0, this.#cases.length)];
  }

  /** Drawn number `index` of a row, in [0, below). */
  draw(row: number, index: number, below: number): number {
    return Number(((word(this.#key, BigInt(row), index) >> 32n) * BigInt(below)) >> 32n);
  }

  /** How many of the first so many rows are wrong. */
  #wrongBefore(rows: number): number {
    // In two steps, since rows times share would leave the integers that doubles hold exactly.
    return Math.floor(rows / WHOLE) * this.#share + Math.floor(((rows % WHOLE) * this.#share) / WHOLE);
  }
}
