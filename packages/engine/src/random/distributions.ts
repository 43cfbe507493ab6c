import { exp, ln, pow } from './portable-math.ts';

/** Quantile functions: the value below which a share p of a distribution lies, for p in (0, 1). */
export type Quantile = (p: number) => number;

/**
 * Standard normal, by P. J. Acklam's rational approximation (relative error below 1.15e-9), an algorithm published at
 * home.online.no/~pjacklam/notes/invnorm.
 */
export function standardNormal(p: number): number {
  if (p > 0.5) return -standardNormal(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * ln(p));
    return ratio(TAIL_NUMERATOR, q) / (ratio(TAIL_DENOMINATOR, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (ratio(CENTRE_NUMERATOR, r) * q) / (ratio(CENTRE_DENOMINATOR, r) * r + 1);
}

const ratio = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, c) => sum * x + c, 0);
const CENTRE_NUMERATOR = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const CENTRE_DENOMINATOR = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
];
const TAIL_NUMERATOR = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_DENOMINATOR = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

export const gaussian =
  (mean: number, stddev: number): Quantile =>
  (p) =>
    mean + stddev * standardNormal(p);

/** Log-normal with the given median (e^mu) and sigma of the logarithm. */
export const lognormal =
  (median: number, sigma: number): Quantile =>
  (p) =>
    median * exp(sigma * standardNormal(p));

/** Pareto between two positive bounds: the part of it that lies within them, so that no mass piles up at the upper one. */
export function boundedPareto(alpha: number, low: number, high: number): Quantile {
  const tail = pow(low / high, alpha);
  return (p) => low * pow(1 - p * (1 - tail), -1 / alpha);
}

/** Ages with a half-life, at most `span`: the share of ages below x is (1 - 2^(-x/h)) / (1 - 2^(-span/h)). */
export function recency(halfLife: number, span: number): Quantile {
  const rate = LN2 / halfLife;
  const share = 1 - exp(-rate * span);
  return (p) => Math.min(span, -ln(1 - p * share) / rate);
}
const LN2 = 0.6931471805599453;

/** Zipf weights 1 / rank^s of the first `count` ranks. */
export const zipfWeights = (count: number, s: number): number[] =>
  Array.from({ length: count }, (_, i) => (s === 1 ? 1 / (i + 1) : pow(i + 1, -s)));

/** A continuous stand-in for Zipf over more ranks than a table holds: density x^-s on [1, count + 1). */
export function zipfRank(count: number, s: number): Quantile {
  const high = count + 1;
  if (Math.abs(s - 1) < 1e-9) return (p) => pow(high, p);
  const top = pow(high, 1 - s);
  return (p) => pow(1 + p * (top - 1), 1 / (1 - s));
}
