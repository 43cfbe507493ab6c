import type { Plan } from '../plan/plan.ts';
import type { ExternalMaker } from './external-maker.ts';
import { valuesOf } from './values-of.ts';

/** The plan with the values of rows [from, to): only these can be made of it, by functions that know nothing of where values are from. */
export async function settled(plan: Plan, make: ExternalMaker, from: number, to: number): Promise<Plan> {
  const values = await valuesOf(plan, make, to);
  return Object.freeze({ ...plan, given: await values(from, to) });
}
