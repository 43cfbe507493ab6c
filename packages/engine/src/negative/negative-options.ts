import type { Rule } from '../plan/negative-plan.ts';

/** How rows are made wrong on purpose. */
export interface NegativeOptions {
  /** `negative`: rows that break one rule each; `boundary`: rows at the bounds and one step beside them. */
  readonly mode: 'negative' | 'boundary';
  /** Wrong rows in percent, above 0 to 100, in steps of 0.01; default 100. */
  readonly share?: number;
  /** Only these rules; default: all. */
  readonly rules?: readonly Rule[];
  /** Only these fields, such as `age`, `address.city`, or `address` for all in it; default: all. */
  readonly fields?: readonly string[];
  /** Name of the column that says what is wrong, null for none; default `_violation`. */
  readonly labelColumn?: string | null;
  /** Whether the output tells 42 from "42", so that a number in place of a text is wrong; default true. */
  readonly typed?: boolean;
}
