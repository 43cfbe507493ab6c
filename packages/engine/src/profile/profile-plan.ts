import { hasExternal } from '../external/external-levels.ts';
import type { ExternalMaker } from '../external/external-maker.ts';
import { settled } from '../external/settled.ts';
import type { Plan } from '../plan/plan.ts';
import { RowMaker } from '../rows/row-maker.ts';
import type { Template } from '../template/template.ts';
import { countriesOf } from './countries-of.ts';
import type { Profile } from './profile.ts';
import { Profiler } from './profiler.ts';

export interface ProfilePlanOptions {
  /** What `"now"` meant when the plan was made; default: now. */
  readonly now?: number;
  readonly signal?: AbortSignal;
  /** Makes the fields of the plan that are made outside of the engine. */
  readonly external?: ExternalMaker | undefined;
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
  { now = Date.now(), signal, external }: ProfilePlanOptions = {},
): Promise<Profile> {
  const profiler = new Profiler({ template, plan, now, countries: await countriesOf(template) });
  for await (const batch of batchesOf(plan, rows, external)) {
    profiler.addAll(batch);
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
  return profiler.finish();
}

/** Rows [0, count) as values, some at a time. */
async function* batchesOf(plan: Plan, count: number, external: ExternalMaker | undefined) {
  if (external === undefined || !hasExternal(plan)) return yield* new RowMaker(plan).batches(0, count, BATCH);
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    yield* new RowMaker(await settled(plan, external, from, to)).batches(from, to, BATCH);
  }
}
