import type { PatternDiagnostic, PatternDiagnosticCode } from './diagnostic.ts';
import { MAX_DIAGNOSTICS } from './limits.ts';

/** A place in the source, and what was found wrong so far. Every step moves forward, so a parse is linear. */
export class Reader {
  readonly source: string;
  readonly ignoreCase: boolean;
  readonly diagnostics: PatternDiagnostic[] = [];
  readonly groupNames = new Set<string>();
  offset = 0;
  #stopped = false;
  readonly #classes = new Map<string, readonly string[]>();

  constructor(source: string, ignoreCase: boolean) {
    this.source = source;
    this.ignoreCase = ignoreCase;
  }

  get done(): boolean {
    return this.offset >= this.source.length;
  }

  /** The code point here as a string, '' at the end. */
  peek(): string {
    return this.done ? '' : String.fromCodePoint(this.source.codePointAt(this.offset) as number);
  }

  /** The code point here, which is left behind; '' at the end. */
  take(): string {
    const char = this.peek();
    this.offset += char.length;
    return char;
  }

  /** Whether the source goes on with `text`. */
  at(text: string): boolean {
    return this.source.startsWith(text, this.offset);
  }

  /** Leaves `text` behind if the source goes on with it. */
  eat(text: string): boolean {
    if (!this.at(text)) return false;
    this.offset += text.length;
    return true;
  }

  /** Takes at most `limit` characters of the ASCII alphabet `allowed`. */
  takeWhile(allowed: string, limit: number): string {
    const from = this.offset;
    while (!this.done && this.offset - from < limit && allowed.includes(this.source.charAt(this.offset))) this.offset++;
    return this.source.slice(from, this.offset);
  }

  report(code: PatternDiagnosticCode, offset: number, message: string, hint?: string): void {
    if (this.#stopped || this.diagnostics.length >= MAX_DIAGNOSTICS) return;
    this.diagnostics.push({
      code,
      offset,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Gives up on the rest: what follows would only be noise. */
  stop(): void {
    this.#stopped = true;
    this.offset = this.source.length;
  }

  /** The same array for the same characters, so that a pattern of many equal classes stays small. */
  share(chars: readonly string[]): readonly string[] {
    const key = chars.join('');
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    this.#classes.set(key, chars);
    return chars;
  }
}
