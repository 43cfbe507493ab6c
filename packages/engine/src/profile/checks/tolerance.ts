/** Chance alone goes beyond a tolerance in fewer than 1 of 16,000 checks: that of four standard deviations of gaussian values. */
export const CHANCE = 1 / 16_000;

/** The logarithm in Bernstein's inequality. @param among how many figures are looked at, of which the worst counts */
const log = (among: number): number => Math.log((2 * among) / CHANCE);

/**
 * How far the mean of n independent values may be off: Bernstein's inequality, which holds for any distribution and any n.
 * @param reach how far a value may be from the mean
 * @param among how many such means are looked at, of which the worst counts
 */
export function meanTolerance(variance: number, reach: number, n: number, among = 1): number {
  if (variance <= 0) return 0;
  const l = log(among);
  return Math.sqrt((2 * variance * l) / n) + (reach * l) / (3 * n);
}

/** The same for the share of values that have what each has with probability p; none where that is certain. */
export const shareTolerance = (p: number, n: number, among = 1): number =>
  meanTolerance(p * (1 - p), Math.max(p, 1 - p), n, among);

/** How far a count of things may be off, each of which is there or not: Bernstein's inequality for their sum. */
export const countTolerance = (variance: number): number => Math.sqrt(2 * variance * log(1)) + log(1) / 3;
