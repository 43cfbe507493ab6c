import type { Int } from '../plan/program.ts';
import { boundedPareto, gaussian, lognormal, type Quantile, zipfRank } from '../random/distributions.ts';
import { exp, ln } from '../random/portable-math.ts';
import { quantileTable } from '../random/quantile-table.ts';
import type { OptionProblem, OptionSpec, Options } from './field-type.ts';

export const NUMBER_DISTRIBUTIONS = ['uniform', 'gaussian', 'pareto', 'lognormal', 'zipf'] as const;

/** Options of every numeric type beside its bounds. */
export const distributionOptions: Readonly<Record<string, OptionSpec>> = {
  distribution: {
    kind: 'one of',
    values: NUMBER_DISTRIBUTIONS,
    summary: 'Shape of the values; `mean` or `stddev` alone mean gaussian, `alpha` alone means pareto.',
  },
  mean: { kind: 'number', summary: 'Mean of gaussian and lognormal values.' },
  stddev: { kind: 'number', min: 0, summary: 'Standard deviation of gaussian and lognormal values.' },
  alpha: { kind: 'number', min: 0.01, max: 1000, summary: 'Tail index of pareto: lower is a fatter tail.' },
  exponent: { kind: 'number', min: 0, max: 20, summary: 'Exponent of zipf; 1 is the classic law.' },
};

export type NumberDistribution = (typeof NUMBER_DISTRIBUTIONS)[number];

/** The distribution that the options ask for, by name or by its parameters. */
export function distributionOf(options: Options): NumberDistribution {
  if (typeof options['distribution'] === 'string') return options['distribution'] as NumberDistribution;
  if (options['mean'] !== undefined || options['stddev'] !== undefined) return 'gaussian';
  return options['alpha'] !== undefined ? 'pareto' : 'uniform';
}

const PARAMETERS: Readonly<Record<NumberDistribution, readonly string[]>> = {
  uniform: [],
  gaussian: ['mean', 'stddev'],
  pareto: ['alpha'],
  lognormal: ['mean', 'stddev'],
  zipf: ['exponent'],
};

/** Parameters of another distribution than the one chosen, and parameters that make none. */
export function checkDistribution(options: Options): readonly OptionProblem[] {
  const chosen = distributionOf(options);
  const foreign = ['mean', 'stddev', 'alpha', 'exponent'].filter(
    (name) => options[name] !== undefined && !PARAMETERS[chosen].includes(name),
  );
  const problems: OptionProblem[] = foreign.map((option) => ({
    option,
    message: `\`${option}\` has no meaning for the ${chosen} distribution`,
    hint: `leave it out, or choose a distribution that has it`,
  }));
  if (options['unique'] === true && chosen !== 'uniform') {
    problems.push({
      option: 'distribution',
      message: `a unique field takes every value once, so its distribution cannot be ${chosen}`,
      hint: 'leave out either `unique` or the distribution',
    });
  }
  if (chosen === 'lognormal' && typeof options['mean'] === 'number' && options['mean'] <= 0) {
    problems.push({ option: 'mean', message: 'the mean of lognormal values must be above 0' });
  }
  return problems;
}

/**
 * An integer in [min, max] of the wanted distribution.
 * @param unit how many integers make 1 in the options' unit (100 for two decimals)
 * @returns undefined for the uniform distribution, which needs no table
 */
export function distributed(options: Options, min: number, max: number, unit: number): Int | undefined {
  const number = (name: string, otherwise: number): number =>
    typeof options[name] === 'number' ? (options[name] as number) : otherwise;
  const chosen = distributionOf(options);
  if (chosen === 'uniform' || min === max) return undefined;
  const middle = (min + max) / 2 / unit;
  const mean = number('mean', middle) * unit;
  const stddev = number('stddev', (max - min) / 6 / unit) * unit;
  const quantile: Quantile = {
    gaussian: () => gaussian(mean, stddev),
    lognormal: () => lognormalOf(number('mean', Math.max(middle, 1 / unit)) * unit, stddev),
    pareto: () => pareto(number('alpha', DEFAULT_ALPHA), min, max),
    zipf: () => {
      const rank = zipfRank(max - min + 1, number('exponent', 1));
      // Ranks are whole: [k, k + 1) is rank k, and the kernel rounds to the nearest.
      return (p: number) => min + rank(p) - 1.5;
    },
  }[chosen]();
  return { op: 'quantile', table: quantileTable(quantile, min, max) };
}

/** The 80:20 rule. */
const DEFAULT_ALPHA = 1.16;

// A Pareto law needs a positive lower bound; other ranges are moved to begin at 1.
function pareto(alpha: number, min: number, max: number): Quantile {
  if (min > 0) return boundedPareto(alpha, min, max);
  const moved = boundedPareto(alpha, 1, max - min + 1);
  return (p) => moved(p) + min - 1;
}

/** Log-normal by the mean and standard deviation of the values themselves. */
function lognormalOf(mean: number, stddev: number): Quantile {
  const variance = ln(1 + (stddev / mean) * (stddev / mean));
  return lognormal(exp(ln(mean) - variance / 2), Math.sqrt(variance));
}
