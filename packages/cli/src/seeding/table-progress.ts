import { openStatusLine } from '../backup/status-line.ts';
import { printable } from '../errors/printable.ts';
import { cut } from '../output/cut.ts';
import { say } from '../output/say.ts';

/** Tells on stderr how far the work is: a line for each table that is done, and on a terminal one for the table at hand. */
export class TableProgress {
  readonly #status = openStatusLine();
  readonly #verb: string;
  #table = '';
  #begun = performance.now();
  #first = 0;

  /** @param verb what becomes of rows: `written`, `removed` */
  constructor(verb: string) {
    this.#verb = verb;
  }

  /** @param from rows of it that were done before */
  update(table: string, rows: number, of: number, from = 0): void {
    if (table !== this.#table) {
      this.#table = table;
      this.#first = from;
    }
    const seconds = Math.max((performance.now() - this.#begun) / 1000, 0.001);
    const rate = Math.round((rows - this.#first) / seconds);
    const speed = `${seconds.toFixed(1)} s, ${count(rate)} rows/s`;
    const name = cut(printable(table), 60);
    if (rows < of) {
      this.#status.show(() => `${name}: ${count(rows)} of ${count(of)} rows, ${speed}`);
      return;
    }
    this.#status.clear();
    say(`${name}: ${count(rows)} rows ${this.#verb}, ${speed}\n`);
    this.#begun = performance.now();
    this.#first = 0;
    this.#table = '';
  }

  clear(): void {
    this.#status.clear();
  }
}

const count = (number: number): string => number.toLocaleString('en');
