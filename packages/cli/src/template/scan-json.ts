/** Where things are in a JSON text, in UTF-16 units from its start. */
export interface JsonScan {
  /** Offset of the value each JSON pointer (RFC 6901) leads to; of a key that occurs twice the last, as JSON.parse has it. */
  readonly offsets: ReadonlyMap<string, number>;
  /** The first place where the text stops being JSON (RFC 8259), and what was expected there. */
  readonly error?: { readonly offset: number; readonly expected: string };
}

/** Deeper nesting is not followed: no template has it, and the scan must not exhaust the stack. */
const MAX_DEPTH = 200;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERAL = /true|false|null/y;
const BLANK = /[ \t\n\r]*/y;

/**
 * Finds the place of every value in a JSON text, or of the first mistake. `JSON.parse` knows neither: it tells a
 * position for some mistakes only and for values none.
 */
export function scanJson(text: string): JsonScan {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return { offsets: scanner.offsets };
  } catch (mistake) {
    if (mistake instanceof TooDeep) return { offsets: scanner.offsets };
    if (!(mistake instanceof Mistake)) throw mistake;
    return { offsets: scanner.offsets, error: { offset: mistake.offset, expected: mistake.expected } };
  }
}

class TooDeep extends Error {}

class Mistake extends Error {
  readonly offset: number;
  readonly expected: string;
  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
    this.expected = expected;
  }
}

class Scanner {
  readonly offsets = new Map<string, number>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value('', 0);
    this.#match(BLANK);
    if (this.#at < this.#text.length) throw new Mistake(this.#at, 'the end of the text');
  }

  #value(pointer: string, depth: number): void {
    if (depth > MAX_DEPTH) throw new TooDeep();
    this.#match(BLANK);
    this.offsets.set(pointer, this.#at);
    if (this.#skip('{')) this.#members(pointer, depth);
    else if (this.#skip('[')) this.#items(pointer, depth);
    else if (this.#text[this.#at] === '"') this.#string('a closed string');
    else if (!this.#match(LITERAL) && !this.#match(NUMBER)) throw new Mistake(this.#at, 'a value');
  }

  #members(pointer: string, depth: number): void {
    this.#match(BLANK);
    if (this.#skip('}')) return;
    for (;;) {
      this.#match(BLANK);
      const key = JSON.parse(this.#string('a key in double quotes')) as string;
      this.#match(BLANK);
      if (!this.#skip(':')) throw new Mistake(this.#at, '":" after the key');
      this.#value(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
      this.#match(BLANK);
      if (this.#skip('}')) return;
      if (!this.#skip(',')) throw new Mistake(this.#at, '"," or "}"');
    }
  }

  #items(pointer: string, depth: number): void {
    this.#match(BLANK);
    if (this.#skip(']')) return;
    for (let index = 0; ; index++) {
      this.#value(`${pointer}/${index}`, depth + 1);
      this.#match(BLANK);
      if (this.#skip(']')) return;
      if (!this.#skip(',')) throw new Mistake(this.#at, '"," or "]"');
    }
  }

  #string(expected: string): string {
    const start = this.#at;
    if (!this.#match(STRING)) throw new Mistake(start, expected);
    return this.#text.slice(start, this.#at);
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }
}
