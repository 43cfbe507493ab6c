import type { Label } from '../plan/negative-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from './assert-range.ts';
import { NegativeRows } from './negative-rows.ts';

/**
 * What is wrong with rows [from, to), in order: nothing for right rows. A batch of rows is held at once.
 * @throws RangeError when the plan's unique fields cannot fill the range
 */
export function* labelsOf(plan: Plan, from: number, to: number): Generator<Label, void, undefined> {
  assertRange(plan, from, to);
  if (plan.negative === undefined) return;
  const source = new NegativeRows(plan, plan.negative);
  for (let row = from; row < to; row += source.batchRows)
    yield* source.rows(row, Math.min(to, row + source.batchRows)).labels;
}
