import type { RunSignals } from '../../runs/run-signals.ts';

/** What is told of something, for one who looks after each time: nothing that is told between two looks is missed. */
export class NewsOf {
  readonly #forget: (() => void)[];
  readonly #signal: AbortSignal;
  #isNews = false;
  #wake: (() => void) | undefined;

  /** @param signal ends all waiting */
  constructor(signals: RunSignals, names: readonly string[], signal: AbortSignal) {
    this.#forget = names.map((name) => signals.on(name, this.#ring));
    this.#signal = signal;
    signal.addEventListener('abort', this.#ring);
  }

  /** What is told from here on is news. */
  begin(): void {
    this.#isNews = false;
  }

  /** Until something is told, or has been since the beginning, or the time is over. */
  async wait(ms: number): Promise<void> {
    if (this.#isNews || this.#signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }

  end(): void {
    for (const forget of this.#forget) forget();
    this.#signal.removeEventListener('abort', this.#ring);
  }

  readonly #ring = (): void => {
    this.#isNews = true;
    this.#wake?.();
  };
}
