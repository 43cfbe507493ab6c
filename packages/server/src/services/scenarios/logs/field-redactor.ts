import { endOfValue } from './end-of-value.ts';
import { REDACTED } from './redactor.ts';

/** A line that has not ended is held back behind a name for as long as this. */
const MOST_HELD = 64 * 1024;

/** Of a character that a text never has here: `SafeText` takes it out. */
const WORD = '\0';
const literal = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * Takes values of sensitive fields out of a text that comes in pieces: those that stand behind their names, as in JSON, in Python's own
 * notation and in `name=value`. Of a line that has not ended what comes behind such a name is held back.
 */
export class FieldRedactor {
  readonly #names: readonly string[];
  readonly #longest: number;
  readonly #pairs: RegExp | undefined;
  readonly #name: RegExp | undefined;
  #held = '';
  /** What stands for the end of what was let go, where that is in the middle of a word: no name begins there. */
  #before = '';

  constructor(names: readonly string[]) {
    this.#names = [...new Set(names)].filter((name) => name !== '');
    this.#longest = Math.max(0, ...this.#names.map(({ length }) => length));
    if (this.#names.length === 0) return;
    const any = this.#names
      .toSorted((a, b) => b.length - a.length)
      .map(literal)
      .join('|');
    const named = String.raw`(?<![\w.\0-])(?<quote>["']?)(?:${any})\k<quote>(?![\w-])`;
    this.#pairs = new RegExp(String.raw`${named}[ \t]*[:=][ \t]*`, 'g');
    this.#name = new RegExp(named);
  }

  /** @param isLast whether nothing follows */
  take(piece: string, isLast = false): string {
    if (this.#pairs === undefined) return piece;
    const text = this.#before + this.#held + piece;
    const start = this.#before.length;
    const end = isLast ? text.length : Math.max(start, this.#end(text));
    this.#held = text.slice(end);
    this.#before = /[\w.-]/.test(text.charAt(end - 1)) ? WORD : end > start ? '' : this.#before;
    return hidden(text.slice(0, end), this.#pairs).slice(start);
  }

  /** Up to where all is there to be judged. */
  #end(text: string): number {
    const line = text.lastIndexOf('\n') + 1;
    const open = text.slice(line);
    if (open === '' || open.length > MOST_HELD) return text.length;
    const at = this.#name?.exec(open)?.index;
    // With the quote before it, whose other half may be still to come.
    if (at !== undefined) return line + (/["']/.test(open.charAt(at - 1)) ? at - 1 : at);
    // The beginning of a name, perhaps.
    for (let from = Math.max(0, open.length - this.#longest - 1); from < open.length; from++) {
      if (/[\w.\0-]/.test(open.charAt(from - 1))) continue;
      const tail = open.slice(from).replace(/^["']/, '');
      if (this.#names.some((name) => name.startsWith(tail))) return line + from;
    }
    return text.length;
  }
}

/** A text without the values that stand behind what matches. */
function hidden(text: string, pairs: RegExp): string {
  let shown = '';
  let at = 0;
  pairs.lastIndex = 0;
  for (let found = pairs.exec(text); found !== null; found = pairs.exec(text)) {
    const from = pairs.lastIndex;
    const to = endOfValue(text, from);
    if (to === from) continue;
    const [quote = ''] = /^["']/.exec(text.slice(from, to)) ?? [];
    shown += text.slice(at, from) + quote + REDACTED + quote;
    at = to;
    pairs.lastIndex = to;
  }
  return shown + text.slice(at);
}
