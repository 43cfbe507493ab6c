import type { Plan } from '../plan/plan.ts';
import { generateRows } from '../rows/generate-rows.ts';
import type { Template } from '../template/template.ts';
import { countriesOf } from './countries-of.ts';
import type { Profile } from './profile.ts';
import { Profiler } from './profiler.ts';

export interface ProfilePlanOptions {
  /** What `"now"` meant when the plan was made; default: now. */
  readonly now?: number;
  readonly signal?: AbortSignal;
}

/** Rows that are values at the same time. */
const BATCH = 2000;

/**
 * Generates the first rows of a plan and says what is in them, and whether it is what the template promises. Lets others run
 * between batches.
 * @param rows how many, from 1 to what the plan's unique fields allow
 * @throws ExpressionError as generation does; the signal's reason when it is given up
 */
export async function profilePlan(
  plan: Plan,
  template: Template,
  rows: number,
  { now = Date.now(), signal }: ProfilePlanOptions = {},
): Promise<Profile> {
  const profiler = new Profiler({ template, plan, now, countries: await countriesOf(template) });
  for (let from = 0; from < rows; from += BATCH) {
    profiler.addAll(generateRows(plan, from, Math.min(rows, from + BATCH)));
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
  return profiler.finish();
}
