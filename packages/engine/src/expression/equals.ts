import type { Evaluation } from './evaluation.ts';
import { MAX_VALUE_DEPTH } from './limits.ts';
import { isList, type Value } from './value.ts';

/** Equal in type and content; null equals null only, the order of an object's keys does not matter. */
export function equals(evaluation: Evaluation, a: Value, b: Value, depth = 0): boolean {
  if (typeof a === 'string' && typeof b === 'string' && a.length === b.length) evaluation.chargeText(a.length);
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  tooDeep(evaluation, depth);
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false;
    evaluation.charge(a.length);
    for (let i = 0; i < a.length; i++) {
      if (!equals(evaluation, evaluation.read(a, i), evaluation.read(b, i), depth + 1)) return false;
    }
    return true;
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  evaluation.charge(keys.length);
  return keys.every(
    (key) => Object.hasOwn(b, key) && equals(evaluation, evaluation.read(a, key), evaluation.read(b, key), depth + 1),
  );
}

/** Stops before a value nested without end could reach the end of the stack. */
export function tooDeep(evaluation: Evaluation, depth: number): void {
  if (depth > MAX_VALUE_DEPTH) {
    evaluation.fail(
      'expression_cost_exceeded',
      `a value is nested more than ${MAX_VALUE_DEPTH} deep`,
      'take the part of it that is wanted',
    );
  }
}
