import type { FieldStats } from '../field-stats.ts';
import type { Check } from '../profile.ts';
import { distributionChecks } from './distribution-checks.ts';

/** Lengths of lists, each as likely from the least to the greatest. */
export function listChecks({ min, max }: { readonly min: number; readonly max: number }, stats: FieldStats): Check[] {
  if (stats.kinds.list === 0) return [];
  const size = max - min + 1;
  const shape = {
    mean: (min + max) / 2,
    stddev: Math.sqrt((size * size - 1) / 12),
    kurtosis: 1.8,
    at: (p: number) => min + Math.min(size - 1, Math.floor(p * size)),
  };
  return distributionChecks({ min, max, unit: 1, name: 'uniform', shape, slack: 0 }, stats.lengths, false).map(
    (check) => ({
      ...check,
      what: `elements of a list: ${check.what}`,
    }),
  );
}
