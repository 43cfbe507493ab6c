import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { RunOutput } from '../logs/run-output.ts';

/** A log that is slow to be kept has nobody wait for ever: its order is for people to read. */
const MOST_MS = 500;
/** Of lines that are the same one after another, so many are shown; the others are counted. */
const MOST_ALIKE = 10;

/** What is done for a script, in its log, between the lines that it prints itself. */
export class ScriptLog {
  readonly #output: RunOutput;
  #pipes: readonly Readable[] = [];
  #last = '';
  #alike = 0;
  #isClosed = false;

  constructor(output: RunOutput) {
    this.#output = output;
  }

  /** @param pipes that the script prints to */
  follow(...pipes: readonly Readable[]): void {
    this.#pipes = pipes;
  }

  /** Takes a line. */
  tell = (line: string): void => {
    if (this.#isClosed) return;
    if (line !== this.#last) this.count();
    this.#last = line;
    if (++this.#alike <= MOST_ALIKE) this.#output.note(line);
  };

  /** Counts what was left out until now. */
  count = (): void => {
    const more = this.#alike - MOST_ALIKE;
    if (more > 0) this.#output.note(`${this.#last} (${more} more)`);
    this.#last = '';
    this.#alike = 0;
  };

  /** Takes nothing from now on: what is done for a script that has ended is in no log. */
  close(): void {
    this.count();
    this.#isClosed = true;
  }

  /**
   * Waits until all is taken that the script had printed before now, so that what is told next stands behind it. What is in a pipe has been
   * there before the request that came after it, so one turn of the event loop finds it.
   */
  async settled(): Promise<void> {
    const until = performance.now() + MOST_MS;
    const isBehind = (): boolean => this.#output.isBusy || this.#pipes.some(({ readableLength }) => readableLength > 0);
    do await turn();
    while (isBehind() && performance.now() < until);
  }
}
