import { largestRow } from '../compile/largest-row.ts';
import type { Plan } from '../plan/plan.ts';

/** Rows of one piece of work of at most this many bytes, by the largest row there can be. The output does not depend on it. */
export function shardRows(plan: Plan, mostBytes: number): number {
  return Math.min(1 << 20, Math.max(1, Math.floor(mostBytes / Math.max(1, largestRow(plan.fields)))));
}

/** Kernels that a worker thread keeps at most, for jobs that may come back: those of many streams at once. */
export const KEPT_JOBS = 32;
/** What they may take together, in bytes; the one in use is kept whatever it takes. */
export const KEPT_BYTES = 48 * 1024 * 1024;
