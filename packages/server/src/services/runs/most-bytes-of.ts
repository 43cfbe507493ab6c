import type { RunPlaces } from '../run-service.ts';

/** Most bytes of what a run keeps. @param ofPlan what the plan of its workspace allows; null: any number */
export function mostBytesOf(runs: Pick<RunPlaces, 'maxBytes'>, ofPlan: number | null): number | null {
  const { maxBytes = ofPlan } = runs;
  return ofPlan === null || maxBytes === null ? maxBytes : Math.min(maxBytes, ofPlan);
}
