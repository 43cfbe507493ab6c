/** Wrong on purpose: rows that break one rule each, or stand at a bound. docs/how-to/make-wrong-rows.md. */
export { compileNegative } from './compile-negative.ts';
export type { NegativeOptions } from './negative-options.ts';
export { parseNegative } from './parse-negative.ts';
