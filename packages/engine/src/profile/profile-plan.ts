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
  /** Values to look at, at most, those inside of others too: once there are as many, the row at hand is the last. Default: no end. */
  readonly mostValues?: number;
}

/** Rows that are values at the same time, at most. */
const BATCH = 2000;
/** What is made at first, until it is known how long a row takes. */
const FIRST = 8;
/** Nobody else runs for about so long. */
const SLICE_MS = 10;

/**
 * Generates the first rows of a plan and says what is in them, and whether it is what the template promises. Lets others run
 * every few milliseconds.
 * @param rows how many, from 1 to what the plan's unique fields allow; there are fewer in the profile when `mostValues` ends it
 * @throws ExpressionError as generation does; the signal's reason when it is given up
 */
export async function profilePlan(
  plan: Plan,
  template: Template,
  rows: number,
  { now = Date.now(), signal, external, mostValues = Number.POSITIVE_INFINITY }: ProfilePlanOptions = {},
): Promise<Profile> {
  const profiler = new Profiler({ template, plan, now, countries: await countriesOf(template) });
  const rest = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  };
  for await (const batch of batchesOf(plan, rows, external)) {
    for (const row of batch) {
      profiler.add(row);
      if (profiler.values >= mostValues) break;
    }
    await rest();
    if (profiler.values >= mostValues) break;
  }
  let begun = performance.now();
  for (const _ of profiler.sumUp()) {
    if (performance.now() - begun < SLICE_MS) continue;
    await rest();
    begun = performance.now();
  }
  return profiler.finish();
}

/** Rows [0, count) as values, some at a time. */
async function* batchesOf(plan: Plan, count: number, external: ExternalMaker | undefined) {
  if (external === undefined || !hasExternal(plan)) return yield* slicesOf(new RowMaker(plan), 0, count);
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    yield* slicesOf(new RowMaker(await settled(plan, external, from, to)), from, to);
  }
}

/** As many rows at a time as can be made and looked at in a slice: it is asked for more when those before were looked at. */
function* slicesOf(maker: RowMaker, from: number, to: number) {
  let most = FIRST;
  for (let at = from; at < to; ) {
    const begun = performance.now();
    let made = 0;
    for (const batch of maker.batches(at, Math.min(to, at + most), most)) {
      made += batch.length;
      yield batch;
    }
    at += made;
    const ms = Math.max(0.1, performance.now() - begun);
    most = Math.max(1, Math.min(BATCH, most * 2, Math.floor((made * SLICE_MS) / ms)));
  }
}
