import type { FieldStats } from '../field-stats.ts';
import type { Check } from '../profile.ts';
import { exactly, within } from './make-check.ts';
import { CHANCE, countTolerance, shareTolerance } from './tolerance.ts';

/** Words of 32 bits give shares to so many parts of them, less what drawing several numbers of one word costs. */
const ROUNDING = 2 ** -11;
const LEAST = 2 ** -24;

/**
 * Whether each value of a closed list comes as often as it should, of which the worst is told, and as many of them as should.
 * That no other comes is tried on each value (`values`).
 * @param shares by the values' JSON, null left out; they add up to 1
 */
export function shareChecks(shares: ReadonlyMap<string, number>, stats: FieldStats): Check[] {
  const { common, kinds } = stats;
  const n = stats.count - stats.nulls;
  // Objects and lists are not counted by value, and long values by their beginning only.
  const comparable = kinds.object === 0 && kinds.list === 0 && [...shares.keys()].every((json) => json.length <= 200);
  if (n === 0 || !comparable || !common.exact || shares.size < 2) return [];
  let worst: { check: Check; by: number } | undefined;
  for (const [json, share] of shares) {
    const tolerance = shareTolerance(share, n, shares.size) + share * ROUNDING + LEAST;
    const what = `share of ${json.slice(0, 40)}, the one that is furthest off`;
    const check = within('weights', what, share, common.countOf(json) / n, tolerance);
    const by = Math.abs(Number(check.got) - share) / tolerance;
    if (worst === undefined || by > worst.by) worst = { check, by };
  }
  return [...(worst === undefined ? [] : [worst.check]), distinctCheck(shares, n, stats)];
}

/** How many of the list n draws give: whether one comes at all is a sum of yes and no that hinder each other. */
function distinctCheck(shares: ReadonlyMap<string, number>, n: number, { common }: FieldStats): Check {
  let missing = 0;
  let variance = 0;
  let got = 0;
  for (const [json, share] of shares) {
    const never = (1 - share) ** n;
    missing += never;
    variance += never * (1 - never);
    if (common.countOf(json) > 0) got++;
  }
  const what = 'different values of those listed';
  // One that is not there at all is then as rare as what a tolerance leaves out.
  if (missing < CHANCE) return exactly('distinct', what, shares.size, got);
  return within('distinct', what, shares.size - missing, got, countTolerance(variance) + missing * ROUNDING);
}
