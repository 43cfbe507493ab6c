import { isatty } from 'node:tty';
import type { StreamError, StreamState } from '@datamaker/streams';
import { say } from '../output/say.ts';

/** Drawn at most ten times a second: more is not seen, and a terminal is slow. */
const INTERVAL_MS = 100;

/** Tells on stderr how far a stream is, on one line of a terminal, and when a target is lost and back. */
export class StreamWatch {
  readonly #isSeen: boolean;
  #drawnAt = 0;
  #isDrawn = false;
  #trouble: string | undefined;
  #before = 0;

  /** @param rowsOnTerminal whether rows are written to the terminal, where a line of progress would stand between them */
  constructor(rowsOnTerminal: boolean) {
    this.#isSeen = isatty(2) && !rowsOnTerminal && process.env.TERM !== 'dumb';
  }

  update(state: StreamState, trouble?: StreamError): void {
    if (trouble !== undefined) {
      if (trouble.message !== this.#trouble) this.#tell(`${trouble.message}; it is tried again\n`);
      this.#trouble = trouble.message;
    } else if (this.#trouble !== undefined && state.acknowledged > this.#before) {
      this.#tell(`rows are taken again, behind by ${state.behind.toLocaleString('en')}\n`);
      this.#trouble = undefined;
    }
    this.#before = state.acknowledged;
    const now = performance.now();
    if (!this.#isSeen || now - this.#drawnAt < INTERVAL_MS) return;
    this.#drawnAt = now;
    say(`\r${drawState(state).slice(0, Math.max((process.stderr.columns || 80) - 1, 0))}\x1b[K`);
    this.#isDrawn = true;
  }

  clear(): void {
    if (this.#isDrawn) say('\r\x1b[K');
    this.#isDrawn = false;
  }

  #tell(text: string): void {
    this.clear();
    say(text);
  }
}

/** How far a stream is, in words. */
export function drawState({ acknowledged, seconds, behind }: StreamState): string {
  const rate = rateOf({ acknowledged, seconds }).toLocaleString('en');
  const late = behind === 0 ? '' : `, behind by ${behind.toLocaleString('en')}`;
  return `${acknowledged.toLocaleString('en')} rows in ${seconds.toFixed(1)} s, ${rate} rows/s${late}`;
}

/** Rows a second, whole ones where there are many. */
export function rateOf({ acknowledged, seconds }: Pick<StreamState, 'acknowledged' | 'seconds'>): number {
  const rate = acknowledged / Math.max(seconds, 0.001);
  return rate >= 1 ? Math.round(rate) : Number(rate.toPrecision(2));
}
