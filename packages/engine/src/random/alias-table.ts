import type { AliasTable } from '../plan/program.ts';

const FULL = 2 ** 32;

/**
 * Odds for drawing an index in constant time: M. Vose, "A linear algorithm for generating random numbers with a given
 * distribution", IEEE TSE 17 (1991). Weights are non-negative with a positive sum; probabilities are exact to 2^-32.
 */
export function aliasTable(weights: readonly number[]): AliasTable {
  const count = weights.length;
  const sum = weights.reduce((a, b) => a + b, 0);
  const scaled = weights.map((weight) => (weight / sum) * count);
  const threshold = new Array<number>(count).fill(FULL - 1);
  const alias = scaled.map((_, index) => index);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((share, index) => (share < 1 ? small : large).push(index));
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() as number;
    const more = large.pop() as number;
    threshold[less] = Math.round((scaled[less] as number) * FULL);
    alias[less] = more;
    scaled[more] = (scaled[more] as number) + (scaled[less] as number) - 1;
    ((scaled[more] as number) < 1 ? small : large).push(more);
  }
  return { threshold: threshold.map((t) => Math.min(t, FULL - 1)), alias };
}
