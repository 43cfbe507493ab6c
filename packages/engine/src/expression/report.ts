import type { ExpressionDiagnostic, ExpressionDiagnosticCode } from './errors.ts';
import { MAX_DIAGNOSTICS } from './limits.ts';

/** Collects what is wrong with one source, in any order and at most MAX_DIAGNOSTICS of it. */
export class Report {
  readonly #source: string;
  readonly #found = new Map<string, ExpressionDiagnostic>();

  constructor(source: string) {
    this.#source = source;
  }

  /** The second finding of the same kind at the same place is not kept. */
  add(code: ExpressionDiagnosticCode, offset: number, length: number, message: string, hint: string): void {
    const start = Math.min(offset, Math.max(0, this.#source.length - 1));
    const key = `${code} ${start}`;
    if (this.#found.has(key)) return;
    this.#found.set(key, { code, offset: start, length: Math.min(length, this.#source.length - start), message, hint });
  }

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  get overLimit(): boolean {
    return [...this.#found.values()].some(({ code }) => code.startsWith('expression_too_'));
  }

  /** In the order of the source. */
  diagnostics(): readonly ExpressionDiagnostic[] {
    return [...this.#found.values()].sort((a, b) => a.offset - b.offset).slice(0, MAX_DIAGNOSTICS);
  }
}
