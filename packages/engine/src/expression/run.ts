import type { Evaluation } from './evaluation.ts';
import type { Value } from './value.ts';

/** The row an expression is evaluated on. */
export type Scope = Readonly<Record<string, unknown>>;

/** A compiled node. */
export type Run = (scope: Scope, evaluation: Evaluation) => Value;
