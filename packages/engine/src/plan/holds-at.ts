import type { Plan } from './plan.ts';

const DAY = 86_400_000;

/**
 * Whether compiling the template at another moment gives the same plan, as far as `"now"` goes: a plan that is kept is compiled
 * anew when this is false.
 * @param moment milliseconds since the epoch
 */
export function holdsAt({ dependsOnNow }: Pick<Plan, 'dependsOnNow'>, moment: number): boolean {
  if (dependsOnNow === undefined) return true;
  const { at, by } = dependsOnNow;
  return by === 'day' ? Math.floor(moment / DAY) === Math.floor(at / DAY) : moment === at;
}
