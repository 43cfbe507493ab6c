/** What happens to runs in this process, for whoever waits here; what happens in others is found by looking. */
export class RunSignals {
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #closed = new AbortController();

  /** A run has changed. */
  tell(id: string): void {
    for (const wake of [...(this.#waiting.get(id) ?? [])]) wake();
  }

  /** Whether nobody shall wait any longer. */
  get closed(): boolean {
    return this.#closed.signal.aborted;
  }

  /** Lets go of all who wait. */
  close(): void {
    this.#closed.abort();
    for (const all of [...this.#waiting.values()]) for (const wake of [...all]) wake();
  }

  /** Calls whenever something happens to a run. @returns to be called when nobody asks any more */
  on(id: string, call: () => void): () => void {
    const all = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, all.add(call));
    return () => {
      all.delete(call);
      if (all.size === 0 && this.#waiting.get(id) === all) this.#waiting.delete(id);
    };
  }

  /** Waits until something happens to a run, the time is over, or `signal` says so. */
  wait(id: string, ms: number, signal: AbortSignal): Promise<void> {
    if (this.closed || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        forget();
        resolve();
      };
      const timer = setTimeout(wake, ms);
      const forget = this.on(id, wake);
      signal.addEventListener('abort', wake);
    });
  }
}

/** Name of the signal that there is a run to be worked on. */
export const SUBMITTED = 'submitted';
