import type { Plan } from './plan.ts';

/** The same plan with another seed: its rows are those of a template compiled with that seed, at the same moment. */
export const reseed = (plan: Plan, seed: string): Plan => Object.freeze({ ...plan, seed });
