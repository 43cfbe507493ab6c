import type { Plan } from '../plan/plan.ts';

/** Rows of one piece of work of at most this many bytes, by the largest row there can be. The output does not depend on it. */
export function shardRows(plan: Plan, mostBytes: number): number {
  return Math.min(1 << 20, Math.max(1, Math.floor(mostBytes / Math.max(1, plan.largestRow))));
}
