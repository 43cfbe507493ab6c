import { boundedPareto, gaussian, lognormal, type Quantile, recency, zipfRank } from '../random/distributions.ts';
import { within } from '../types/calendar/temporal.ts';
import { distributionOf } from '../types/distribution-options.ts';
import type { Options } from '../types/field-type.ts';

const DAY = 86_400_000;

/** A distribution that a template asks for, computed from its options and not from what the engine makes of them. */
export interface Expected {
  readonly min: number;
  readonly max: number;
  /** The smallest step between values. */
  readonly unit: number;
  readonly name: string;
  /** Undefined where only the bounds are known. */
  readonly shape: Shape | undefined;
  /** How far a bound may be off: where it says `"now"`. */
  readonly slack: number;
}

export interface Shape {
  readonly mean: number;
  readonly stddev: number;
  /** Fourth central moment by the squared variance: 3 for gaussian values. */
  readonly kurtosis: number;
  /** The value at a probability. */
  at(p: number): number;
}

const numberOf = (options: Options, name: string, otherwise: number): number =>
  typeof options[name] === 'number' ? (options[name] as number) : otherwise;

/** What numbers are expected of `number`, `float` and `currency`. */
export function expectedNumbers(options: Options, decimals: number): Expected {
  const [min, max] = [options['min'] as number, options['max'] as number];
  const unit = 10 ** -decimals;
  const name = distributionOf(options);
  const middle = (min + max) / 2;
  const mean = numberOf(options, 'mean', middle);
  const stddev = numberOf(options, 'stddev', (max - min) / 6);
  const quantile: Quantile = {
    uniform: (): Quantile => uniform(min, max, unit),
    gaussian: (): Quantile => gaussian(mean, stddev),
    lognormal: (): Quantile => {
      const centre = numberOf(options, 'mean', Math.max(middle, unit));
      const variance = Math.log(1 + (stddev / centre) ** 2);
      return lognormal(Math.exp(Math.log(centre) - variance / 2), Math.sqrt(variance));
    },
    pareto: (): Quantile => {
      const alpha = numberOf(options, 'alpha', 1.16);
      if (min > 0) return boundedPareto(alpha, min, max);
      const moved = boundedPareto(alpha, unit, max - min + unit);
      return (p) => moved(p) + min - unit;
    },
    zipf: (): Quantile => {
      const rank = zipfRank(Math.round((max - min) / unit) + 1, numberOf(options, 'exponent', 1));
      return (p) => min + Math.floor(rank(p) - 1) * unit;
    },
  }[name]();
  return { min, max, unit, name, shape: shapeOf(quantile, min, max, unit), slack: 0 };
}

/** What moments are expected of `date` and `datetime`, in milliseconds since the epoch. */
export function expectedDates(given: Options, unit: number, now: number): Expected {
  const options = within(given, { now });
  const time = (value: unknown): number => (value === 'now' ? now : Date.parse(String(value)));
  const [min, max] = [options['min'], options['max']].map((bound) => Math.floor(time(bound) / unit) * unit) as [
    number,
    number,
  ];
  const slack = given['min'] === 'now' || given['max'] === 'now' || given['past'] !== undefined ? DAY : 0;
  const named = options['distribution'] as string | undefined;
  const name =
    named ??
    (options['halflife_days'] !== undefined
      ? 'recent_bias'
      : options['mean'] !== undefined || options['stddev_days'] !== undefined
        ? 'gaussian'
        : 'uniform');
  const span = max - min;
  const days = (option: string, otherwise: number): number => numberOf(options, option, otherwise) * DAY;
  let quantile = uniform(min, max, unit);
  if (name === 'gaussian') {
    const centre = options['mean'] === undefined ? min + span / 2 : time(options['mean']);
    quantile = gaussian(centre, days('stddev_days', span / DAY / 6));
  } else if (name === 'recent_bias' && span > 0) {
    const age = recency(days('halflife_days', 30), span);
    quantile = (p) => max - age(1 - p);
  }
  return { min, max, unit, name, shape: shapeOf(quantile, min, max, unit), slack };
}

/** Whole numbers of units, each as likely: the k-th of n lies at probabilities from (k - 1) / n to k / n. */
const uniform =
  (min: number, max: number, unit: number): Quantile =>
  (p) => {
    const count = Math.round((max - min) / unit) + 1;
    return min + Math.min(count - 1, Math.floor(p * count)) * unit;
  };

/** Steps of the integrals. */
const STEPS = 20_000;

/** Moments of a distribution whose values are whole units within bounds. */
export function shapeOf(quantile: Quantile, min: number, max: number, unit: number): Shape {
  const at = (p: number): number => Math.min(max, Math.max(min, Math.round(quantile(p) / unit) * unit));
  const values = Float64Array.from({ length: STEPS }, (_, i) => at((i + 0.5) / STEPS));
  const mean = values.reduce((sum, value) => sum + value, 0) / STEPS;
  const moment = (power: number): number => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / STEPS;
  const variance = moment(2);
  return { mean, stddev: Math.sqrt(variance), kurtosis: variance === 0 ? 1 : moment(4) / variance ** 2, at };
}
