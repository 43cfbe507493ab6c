import { type Plan, prepareGenerator, type ResidentGenerator } from '@datamaker/engine';
import type { Message } from './message.ts';

/**
 * How rows become messages: each row one of JSON, or so many in an array of JSON, or in lines of JSON; `text` is a log, in which all rows that
 * are due at once are one message.
 */
export type Shape =
  | { readonly kind: 'row' }
  | { readonly kind: 'array' | 'lines'; readonly rows: number }
  | { readonly kind: 'text'; readonly format: 'ndjson' | 'csv'; readonly header: boolean };

/** JSON that is made at once, about. */
const USUAL = 1024 * 1024;
const MOST_ROWS = 1000;
const NEWLINE = 10;

/** Makes messages of any range of rows; the same range always gives the same bytes. */
export class MessageMaker {
  readonly #generator: ResidentGenerator;
  readonly #seed: string;
  readonly #shape: Shape;
  /** Where the output begins, which is where CSV has its header. */
  readonly #start: number;
  /** Rows that may be asked for at once: whole messages, and no more than fit in memory well. */
  readonly mostRows: number;

  /** @param start the first row of all */
  constructor(plan: Plan, shape: Shape, start: number) {
    const format =
      shape.kind === 'text' && shape.format === 'csv'
        ? ({ format: 'csv', header: shape.header } as const)
        : ({ format: 'ndjson' } as const);
    this.#generator = prepareGenerator(plan, format);
    this.#seed = plan.seed;
    this.#shape = shape;
    this.#start = start;
    const fit = Math.max(1, Math.min(MOST_ROWS, Math.floor(USUAL / Math.max(1, plan.largestRow))));
    const each = this.rowsOfMessage;
    this.mostRows = Math.max(each, fit - (fit % each));
  }

  /** Rows that make up a message. */
  get rowsOfMessage(): number {
    return 'rows' in this.#shape ? this.#shape.rows : 1;
  }

  /** Rows [from, to), which are at most `mostRows`. Only the last message may have fewer rows than others. */
  make(from: number, to: number): Message[] {
    const shape = this.#shape;
    if (shape.kind === 'text') return [{ from, to, bytes: this.#text(from, to) }];
    const lines = linesOf(this.#generator.whole(this.#seed, from, to));
    if (shape.kind === 'row') return lines.map((bytes, index) => ({ from: from + index, to: from + index + 1, bytes }));
    const messages: Message[] = [];
    for (let at = 0; at < lines.length; at += shape.rows) {
      const some = lines.slice(at, at + shape.rows);
      const bytes = shape.kind === 'array' ? joined(some, '[', ',', ']') : joined(some, '', '\n', '\n');
      messages.push({ from: from + at, to: from + at + some.length, bytes });
    }
    return messages;
  }

  #text(from: number, to: number): Uint8Array {
    const stretch = { start: from, end: to, from: this.#start, to: Math.max(to, this.#start + 1) };
    const chunks: Uint8Array[] = [];
    for (const chunk of this.#generator.stretch(this.#seed, stretch)) chunks.push(chunk.slice());
    return Buffer.concat(chunks);
  }
}

/** Lines of JSON have no line break within them. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, at);
    lines.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return lines;
}

function joined(parts: readonly Uint8Array[], before: string, between: string, after: string): Uint8Array {
  const pieces = parts.flatMap((part, index) => [Buffer.from(index === 0 ? before : between), part]);
  return Buffer.concat([...pieces, Buffer.from(after)]);
}
