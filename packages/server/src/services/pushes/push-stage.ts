import { ConnectionError } from '@datamaker/connectors';

/** How long a driver has to end what it is told to end, before its connection is cut. */
const UNWIND_MS = 500;

export interface StageTimes {
  /** For what is watched; undefined: the connector sees to it itself. */
  readonly timeoutMs: number | undefined;
  /** How long rows that are on their way may take when nobody wants more of them. */
  readonly graceMs: number;
}

/**
 * One session of a push: what ends it, and what may still be done in it. A driver that hangs may come back to life long after the
 * push has gone on elsewhere: then it finds that its stage is over.
 */
export class PushStage {
  readonly #cut = new AbortController();
  readonly #last = new AbortController();
  readonly #stop: AbortSignal;
  readonly #times: StageTimes;
  #timer: NodeJS.Timeout | undefined;
  #lastTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #isOver = false;
  #isCommitting = false;

  /** @param stop of whoever works on the run */
  constructor(stop: AbortSignal, times: StageTimes) {
    this.#stop = stop;
    this.#times = times;
    stop.addEventListener('abort', this.#stopped, { once: true });
  }

  /** For the calls of the session. */
  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  /** For the session itself. */
  get last(): AbortSignal {
    return this.#last.signal;
  }

  /** Does something that has to end in time. */
  async watched<T>(work: () => Promise<T>): Promise<T> {
    const { timeoutMs } = this.#times;
    if (timeoutMs !== undefined) {
      const late = (): void => {
        const seconds = timeoutMs / 1000;
        this.#end(new ConnectionError('timeout', `nothing came of it in ${seconds} seconds`));
      };
      this.#timer = setTimeout(late, timeoutMs);
    }
    try {
      return await work();
    } finally {
      clearTimeout(this.#timer);
    }
  }

  /** From here on the system may keep what it was sent: nobody stops it any more, but the time. @throws when the stage is over */
  commits(): void {
    this.check();
    this.#isCommitting = true;
  }

  committed(): void {
    this.#isCommitting = false;
    if (this.#stop.aborted) this.#stopped();
  }

  get isCommitting(): boolean {
    return this.#isCommitting;
  }

  /** @throws the reason, when the stage is over or to end */
  check(): void {
    if (this.#isOver) throw new Error('the push goes on elsewhere');
    this.cut.throwIfAborted();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What ended it, if it did not end by itself. */
  get reason(): unknown {
    return this.#cut.signal.aborted ? this.#cut.signal.reason : undefined;
  }

  over(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#lastTimer);
    clearTimeout(this.#graceTimer);
    this.#stop.removeEventListener('abort', this.#stopped);
  }

  readonly #stopped = (): void => {
    if (this.#isCommitting) return;
    const { graceMs } = this.#times;
    if (graceMs === 0) this.#end(this.#stop.reason);
    else this.#graceTimer ??= setTimeout(() => this.#end(this.#stop.reason), graceMs);
  };

  #end(reason: unknown): void {
    if (this.#cut.signal.aborted) return;
    this.#cut.abort(reason);
    this.#lastTimer = setTimeout(() => this.#last.abort(reason), UNWIND_MS);
  }
}
