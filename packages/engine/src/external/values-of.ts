import type { ExternalValues } from '../plan/external-values.ts';
import type { Plan } from '../plan/plan.ts';
import type { ExternalMaker } from './external-maker.ts';

/** Gives values of rows [from, to), range after range. @throws ExternalError, what the maker throws */
export type ValuesOf = (from: number, to: number) => Promise<ExternalValues>;

/**
 * What makes the values of a plan that are made outside of the engine, some rows at a time.
 * @param end the row after the last that may be asked for
 */
export async function valuesOf(plan: Plan, make: ExternalMaker, end: number): Promise<ValuesOf> {
  // Most plans have nothing that is made outside.
  const { ExternalColumns } = await import('./external-columns.ts');
  const columns = new ExternalColumns(plan, make, end);
  return (from, to) => columns.values(from, to);
}
