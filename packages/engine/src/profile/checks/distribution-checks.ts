import type { Expected } from '../expected-distribution.ts';
import type { Distribution } from '../field-stats.ts';
import type { Check } from '../profile.ts';
import { RANK_ERROR } from '../quantile-sketch.ts';
import { within } from './make-check.ts';
import { meanTolerance, shareTolerance } from './tolerance.ts';

const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Bounds, mean, spread and quantiles against those expected. @param unique whether values were drawn without repetition */
export function distributionChecks(expected: Expected, { moments, sketch }: Distribution, unique: boolean): Check[] {
  const n = moments.count;
  if (n === 0) return [];
  const { min, max, unit, name, shape, slack } = expected;
  // Sums of decimals are a hair off.
  const hair = 1e-9 * Math.max(Math.abs(min), Math.abs(max), unit);
  const checks: Check[] = [
    { ...within('min', 'least value, at or above', min, moments.min, slack), ok: moments.min >= min - slack - hair },
    { ...within('max', 'greatest value, at or below', max, moments.max, slack), ok: moments.max <= max + slack + hair },
  ];
  if (shape === undefined) return checks;
  // Integrals over 20,000 steps, and the engine's tables of 1,024, are off by less than this.
  const rounding = (max - min) / 10_000 + slack + hair;
  const reach = Math.max(shape.mean - min, max - shape.mean);
  const variance = shape.stddev ** 2;
  checks.push(within('mean', `mean, ${name}`, shape.mean, moments.mean, meanTolerance(variance, reach, n) + rounding));
  // Values without repetition spread less from sample to sample, never more.
  const off = meanTolerance((shape.kurtosis - 1) * variance ** 2, reach ** 2, n);
  const least = Math.sqrt(Math.max(0, variance - off));
  // |s - σ| is |s² - σ²| / (s + σ).
  const tolerance = variance === 0 ? 0 : off / (shape.stddev + least);
  checks.push(within('stddev', `standard deviation, ${name}`, shape.stddev, moments.stddev, tolerance + rounding));
  if (!unique) checks.push(shapeCheck(expected, sketch, n));
  return checks;
}

/** How far the share of values up to some quantiles is from what it should be: Kolmogorov's distance at five places. */
function shapeCheck({ shape, name, unit, slack }: Expected, sketch: Distribution['sketch'], n: number): Check {
  const places = PROBABILITIES.map((p) => shape?.at(p) ?? 0);
  const half = unit / 2 + slack;
  const ranks = sketch.ranks(places.flatMap((value) => [value - half, value + half]));
  const distances = PROBABILITIES.map((p, i) => {
    // Of a value that comes often, any rank that it covers is right.
    const below = ranks[2 * i]?.below ?? 0;
    const upTo = ranks[2 * i + 1]?.upTo ?? 0;
    return Math.max(0, below - p, p - upTo);
  });
  const tolerance = shareTolerance(0.5, n, PROBABILITIES.length) + RANK_ERROR;
  return within('distribution', `distance from ${name} at five quantiles`, 0, Math.max(...distances), tolerance);
}
