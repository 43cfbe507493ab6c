import { ask, askJson } from '../../../api/client.ts';
import { eventsOf } from '../../../api/events.ts';
import { Problem } from '../../../api/problem.ts';
import { setSignedOut } from '../../../api/signed-out.ts';
import type { ScenarioRun } from '../../../api/types.ts';

/** Lines that are kept as they came; earlier ones are asked for again when they come into sight. */
const KEPT = 2000;
const SHORTEST_MS = 500;
const LONGEST_MS = 10_000;

/** What is known of a log: how many lines it has, the newest of them, and the run. */
export interface LogState {
  /** Lines that have ended. */
  readonly total: number;
  /** What there is of the next line. */
  readonly part: string | undefined;
  readonly run: ScenarioRun | undefined;
  /** The connection is broken: what comes is not seen until it is there again. */
  readonly isAway: boolean;
  /** Why it cannot be followed. */
  readonly error: unknown;
}

/**
 * Follows the log of a run until it has ended, over breaks of the connection. Memory does not grow with the log.
 */
export class LogFollower {
  readonly #path: string;
  readonly #control = new AbortController();
  readonly #listeners = new Set<() => void>();
  #newest: string[] = [];
  #state: LogState = { total: 0, part: undefined, run: undefined, isAway: false, error: undefined };
  /** Number of the line that it began with. */
  #from: number | undefined;
  /** Where the log goes on behind what was seen. */
  #last: string | undefined;
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
    for (let pause = SHORTEST_MS; ; pause = Math.min(pause * 2, LONGEST_MS)) {
      const before = this.#last;
      try {
        this.#set({ run: await askJson<ScenarioRun>('GET', this.#path, { signal }), isAway: false });
        if (await this.#listen()) return;
      } catch (problem) {
        if (signal.aborted || isRefusal(problem)) throw problem;
      }
      if (this.#last !== before) pause = SHORTEST_MS;
      this.#set({ isAway: true });
      await new Promise((resolve) => setTimeout(resolve, pause));
      signal.throwIfAborted();
    }
  }

  /** @returns whether the log has come to its end: a server that stops, or waits for its reader in vain, ends the stream before */
  async #listen(): Promise<boolean> {
    const { signal } = this.#control;
    this.#from ??= await this.#skip();
    const headers = this.#last === undefined ? {} : { 'Last-Event-ID': this.#last };
    const path = `${this.#path}/logs?follow=true&from=${this.#from}`;
    for await (const { event, data, id } of eventsOf(path, { signal, headers })) {
      // Events cannot carry a carriage return: what is behind one comes as another line of the event.
      const text = data.replaceAll('\n', '\r');
      if (event === 'part') this.#set({ part: text });
      else if (event === 'message') this.#add(text, id);
      else if (event === 'end') {
        this.#set({ run: JSON.parse(data) as ScenarioRun });
        return true;
      }
    }
    return false;
  }

  /** Leaves out the lines that are there already, which are asked for when they come into sight. @returns the first of the others */
  async #skip(): Promise<number> {
    const asked = { signal: this.#control.signal, headers: { Accept: 'text/plain' } };
    const first = await ask('GET', `${this.#path}/logs?lines=1`, asked);
    await first.body?.cancel();
    const total = Number(first.headers.get('X-DataMaker-Log-Lines') ?? 0);
    this.#set({ total });
    return total + 1;
  }

  #add(line: string, id: string): void {
    this.#last = id;
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

/** Whether asking again would have the same answer. Who has to sign in first is asked to, and then goes on. */
function isRefusal(problem: unknown): boolean {
  if (!(problem instanceof Problem)) return false;
  const isSignedOut = problem.code === 'unauthorized';
  if (isSignedOut) setSignedOut(true);
  return !isSignedOut && problem.status >= 400 && problem.status < 500 && problem.status !== 429;
}
