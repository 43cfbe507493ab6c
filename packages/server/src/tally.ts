import type { RunKind, RunState } from './run-states.ts';

/** What one process has done since it began, for `/metrics`: numbers, and nothing of any workspace. */
class Tally {
  #rows = 0;
  readonly #runs = new Map<string, { readonly kind: RunKind; readonly state: RunState; count: number }>();

  /** Notes rows that were made. */
  addRows(count: number): void {
    this.#rows += count;
  }

  /** Notes that a run has ended. One whose last transaction is refused by the database is noted again at its real end. */
  addRun(kind: RunKind, state: RunState): void {
    const known = this.#runs.get(`${kind} ${state}`);
    if (known === undefined) this.#runs.set(`${kind} ${state}`, { kind, state, count: 1 });
    else known.count += 1;
  }

  get rows(): number {
    return this.#rows;
  }

  get runs(): readonly { readonly kind: RunKind; readonly state: RunState; readonly count: number }[] {
    return [...this.#runs.values()];
  }
}

export const tally = new Tally();
