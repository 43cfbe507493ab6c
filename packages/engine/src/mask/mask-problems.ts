import type { Diagnostic } from '../template/diagnostic.ts';
import { rowPointer } from './field-path.ts';

/** More than these are not told. */
export const MAX_DIAGNOSTICS = 100;

/** What stands in the way of masking a batch, without any of its values. */
export class MaskProblems {
  #all: Diagnostic[] = [];

  add(code: string, row: number, path: string, message: string, hint: string): void {
    if (this.#all.length >= MAX_DIAGNOSTICS) return;
    this.#all.push({ code, pointer: rowPointer(row, path), message, hint });
  }

  /** Those since the last time. */
  take(): readonly Diagnostic[] {
    const all = this.#all;
    this.#all = [];
    return all;
  }
}
