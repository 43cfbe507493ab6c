import type { Plan } from '../plan/plan.ts';

/** Refuses ranges that the plan's unique fields cannot fill. */
export function assertRange(plan: Pick<Plan, 'capacity'>, from: number, to: number): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from) {
    throw new RangeError(`rows ${from} to ${to} are not a range`);
  }
  if (to > plan.capacity) throw new RangeError(`the unique fields give ${plan.capacity} rows, fewer than ${to}`);
}
