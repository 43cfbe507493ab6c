import type { Plan } from '../plan/plan.ts';
import type { ExternalMaker } from './external-maker.ts';

/** The plan with the values of rows [from, to): only these can be made of it, by functions that know nothing of where values are from. */
export async function settled(plan: Plan, make: ExternalMaker, from: number, to: number): Promise<Plan> {
  // Most plans have nothing that is made outside.
  const { ExternalColumns } = await import('./external-columns.ts');
  return Object.freeze({ ...plan, given: await new ExternalColumns(plan, make, to).values(from, to) });
}
