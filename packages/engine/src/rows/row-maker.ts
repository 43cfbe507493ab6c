import type { ExternalValues } from '../plan/external-values.ts';
import type { Plan } from '../plan/plan.ts';
import { prepareGenerator } from './prepare-generator.ts';
import type { ResidentGenerator } from './resident-generator.ts';

const MIB = 1024 * 1024;
/** JSON that a batch should have, and JSON that it never has more of. */
const USUAL = 4 * MIB;
const MOST = 128 * MIB;

/** Makes rows of a plan as values, range by range: the plan is compiled once. */
export class RowMaker {
  readonly #plan: Plan;
  readonly #generator: ResidentGenerator;
  readonly #decoder = new TextDecoder();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#generator = prepareGenerator(plan, { format: 'json' });
  }

  /**
   * Rows [from, to), as `generateRows` makes them, in batches of at most `mostRows`, and of fewer where rows are large: by the largest
   * row there can be at first, then by the rows that were made.
   * @param given of all these rows, what is made outside of the engine; default: what the plan has
   */
  *batches(
    from: number,
    to: number,
    mostRows: number,
    given?: ExternalValues,
  ): Generator<Record<string, unknown>[], void> {
    const largest = Math.max(1, this.#plan.largestRow);
    const ever = Math.min(mostRows, Math.max(1, Math.floor(MOST / largest)));
    let next = Math.min(ever, Math.max(1, Math.floor(USUAL / largest)));
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + next);
      // Between two batches others may have made rows of theirs.
      if (given !== undefined) this.#generator.give(given);
      const bytes = this.#generator.whole(this.#plan.seed, at, end);
      next = Math.min(ever, Math.max(1, Math.floor((USUAL * (end - at)) / bytes.length)));
      yield JSON.parse(this.#decoder.decode(bytes)) as Record<string, unknown>[];
      at = end;
    }
  }
}
