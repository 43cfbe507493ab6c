import { ask, askJson } from '../../../api/client.ts';
import { eventsOf } from '../../../api/events.ts';
import type { ScenarioRun } from '../../../api/types.ts';

/** Lines that are kept as they came; earlier ones are asked for again when they come into sight. */
const KEPT = 2000;

/** What is known of a log: how many lines it has, the newest of them, and the run. */
export interface LogState {
  /** Lines that have ended. */
  readonly total: number;
  /** What there is of the next line. */
  readonly part: string | undefined;
  readonly run: ScenarioRun | undefined;
  readonly error: unknown;
}

/**
 * Follows the log of a run until it has ended. Memory does not grow with the log.
 */
export class LogFollower {
  readonly #path: string;
  readonly #control = new AbortController();
  readonly #listeners = new Set<() => void>();
  #newest: string[] = [];
  #state: LogState = { total: 0, part: undefined, run: undefined, error: undefined };
  #frame = 0;
  #shown = this.#state;

  /** @param path of the run */
  constructor(path: string) {
    this.#path = path;
    this.#follow().catch((error: unknown) => {
      if (!this.#control.signal.aborted) this.#set({ error });
    });
  }

  async #follow(): Promise<void> {
    const { signal } = this.#control;
    const [run, first] = await Promise.all([
      askJson<ScenarioRun>('GET', this.#path, { signal }),
      ask('GET', `${this.#path}/logs?lines=1`, { signal, headers: { Accept: 'text/plain' } }),
    ]);
    await first.body?.cancel();
    this.#set({ run, total: Number(first.headers.get('X-DataMaker-Log-Lines') ?? 0) });
    const from = this.#state.total + 1;
    for await (const { event, data } of eventsOf(`${this.#path}/logs?follow=true&from=${from}`, { signal })) {
      if (event === 'end') this.#set({ run: JSON.parse(data) as ScenarioRun });
      else if (event === 'part') this.#set({ part: data });
      else if (event === 'message') this.#add(data);
    }
  }

  #add(line: string): void {
    this.#newest.push(line);
    if (this.#newest.length > 2 * KEPT) this.#newest = this.#newest.slice(-KEPT);
    this.#set({ total: this.#state.total + 1, part: undefined });
  }

  /** Tells of it with the next frame: a log may have more lines in a second than anybody sees. */
  #set(more: Partial<LogState>): void {
    this.#state = { ...this.#state, ...more };
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#shown = this.#state;
      for (const listener of this.#listeners) listener();
    });
  }

  /** A line that has just come. @param index counted from 0 @returns undefined: ask the server for it */
  lineAt(index: number): string | undefined {
    return this.#newest[index - (this.#state.total - this.#newest.length)];
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): LogState => this.#shown;

  close(): void {
    this.#control.abort();
    cancelAnimationFrame(this.#frame);
  }
}
