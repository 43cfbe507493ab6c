import { type ExternalMaker, hasExternal, type Plan } from '@datamaker/engine';
import type { PlanPrograms } from './field-programs.ts';

/** Makes something of a plan, with what runs the functions of its fields where it has any. */
export async function withPrograms<T>(
  plan: Plan,
  programs: PlanPrograms | undefined,
  use: Parameters<PlanPrograms['during']>[1],
  work: (external: ExternalMaker | undefined) => Promise<T>,
): Promise<T> {
  if (!hasExternal(plan)) return work(undefined);
  if (programs === undefined) throw new Error('rows of a plan with functions are made where nobody runs them');
  return programs.during(plan, use, work);
}
