import { RUN_KINDS, RUN_STATES, type RunKind, type RunState } from './run-states.ts';

/** What one process has done since it began, for `/metrics`: numbers, and nothing of any workspace. */
class Tally {
  #rows = 0;
  /** All there can be, from the start: what was not there before is no increase to Prometheus. */
  readonly #runs = RUN_KINDS.flatMap((kind) =>
    RUN_STATES.filter((state) => state !== 'queued' && state !== 'running').map((state) => ({ kind, state, count: 0 })),
  );

  /** Notes rows that were made. */
  addRows(count: number): void {
    this.#rows += count;
  }

  /** Notes that a run has ended. One whose last transaction is refused by the database is noted again at its real end. */
  addRun(kind: RunKind, state: RunState): void {
    const ended = this.#runs.find((one) => one.kind === kind && one.state === state);
    if (ended !== undefined) ended.count += 1;
  }

  get rows(): number {
    return this.#rows;
  }

  get runs(): readonly { readonly kind: RunKind; readonly state: RunState; readonly count: number }[] {
    return this.#runs;
  }
}

export const tally = new Tally();
