import type { Failure } from './failure.ts';
import type { Sink } from './run.ts';

/** The way to a run's sink, which takes one chunk at a time and may take its time. */
export class Outlet {
  readonly #sink: Sink;
  readonly #failure: Failure;
  #sending: Promise<void> | undefined;
  /** Bytes handed over so far. */
  bytes = 0;

  constructor(sink: Sink, failure: Failure) {
    this.#sink = sink;
    this.#failure = failure;
  }

  /** Whether the sink still has a chunk: the next must wait. */
  get isBusy(): boolean {
    return this.#sending !== undefined;
  }

  /**
   * Hands a chunk over.
   * @param release is called when the sink is done with it
   * @throws what the sink throws; what it rejects with fails the run
   */
  hand(chunk: Uint8Array, release: () => void): void {
    this.bytes += chunk.length;
    const taken = this.#sink(chunk);
    if (taken === undefined) return release();
    const done = (): void => {
      this.#sending = undefined;
      release();
    };
    this.#sending = taken.then(done, (reason) => this.#failure.fail(reason));
  }

  /** Settles when the sink is free, or the run has failed. */
  async untilFree(): Promise<void> {
    if (this.#sending !== undefined) await this.#failure.or(this.#sending);
  }
}
