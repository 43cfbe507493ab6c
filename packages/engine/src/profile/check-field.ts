import type { Options } from '../types/field-type.ts';
import { DISTINCT_ERROR } from './distinct-counter.ts';
import { type Expected, expectedDates, expectedNumbers } from './expected-distribution.ts';
import type { Distribution, FieldStats } from './field-stats.ts';
import type { Check } from './profile.ts';
import type { PromisedField } from './promised-fields.ts';
import { RANK_ERROR } from './quantile-sketch.ts';

/** Chance alone goes beyond a tolerance in fewer than 1 of 16,000 checks: that of four standard deviations of gaussian values. */
const CHANCE = 1 / 16_000;
const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];
const DAY = 86_400_000;

/** What the template promises of a field, against what the rows hold. */
export function checkField(
  { field, inEveryRow }: PromisedField,
  stats: FieldStats,
  rows: number,
  now: number,
): Check[] {
  const { options, common, nested, type } = field;
  const checks: Check[] = [];
  if (inEveryRow) checks.push(exactly('count', 'values, one in each row', rows, stats.count));
  if (stats.count === 0) return checks;
  checks.push(...nullChecks(type.key, options, common.nullPercentage / 100, nested?.ended === true, stats));
  if (common.unique) checks.push(uniqueCheck(stats));
  if (nested?.array === true && !nested.ended) checks.push(...listChecks(nested.count, stats));
  switch (type.key) {
    case 'number':
      return [
        ...checks,
        ...distributionChecks(expectedNumbers(options, 0), stats.numbers, common.unique),
        ...kindCheck('numbers', stats),
      ];
    case 'float':
    case 'currency': {
      const expected = expectedNumbers(options, options['decimals'] as number);
      return [...checks, ...distributionChecks(expected, stats.numbers, common.unique), ...kindCheck('numbers', stats)];
    }
    case 'date':
    case 'datetime': {
      const unit = type.key === 'date' ? DAY : options['precision'] === 'seconds' ? 1000 : 1;
      const expected = expectedDates(options, unit, now);
      return [...checks, ...distributionChecks(expected, stats.dates, common.unique), ...kindCheck('dates', stats)];
    }
    case 'sequence':
      return [...checks, ...sequenceChecks(options, inEveryRow && common.nullPercentage === 0, stats)];
    case 'boolean':
      return [...checks, ...booleanChecks(options, common.unique, stats)];
    case 'enum':
      return [...checks, ...valueChecks(sharesOfEnum(options), common.unique, stats)];
    case 'constant':
      return [...checks, ...valueChecks(new Map([[JSON.stringify(options['value']), 1]]), false, stats)];
    default:
      return checks;
  }
}

const within = (name: string, what: string, expected: number, got: number, tolerance: number): Check => ({
  name,
  what,
  expected,
  got,
  tolerance,
  ok: Math.abs(got - expected) <= tolerance,
});

const exactly = (name: string, what: string, expected: number | string, got: number | string): Check => ({
  name,
  what,
  expected,
  got,
  tolerance: 0,
  ok: expected === got,
});

/**
 * How far the mean of n independent values may be off: Bernstein's inequality, which holds for any distribution and any n.
 * @param reach how far a value may be from the mean
 * @param among how many such means are looked at, of which the worst counts
 */
function meanTolerance(variance: number, reach: number, n: number, among = 1): number {
  if (variance <= 0) return 0;
  const l = Math.log((2 * among) / CHANCE);
  return Math.sqrt((2 * variance * l) / n) + (reach * l) / (3 * n);
}

/** The same for the share of values that have what each has with probability p; none where that is certain. */
const shareTolerance = (p: number, n: number, among = 1): number =>
  meanTolerance(p * (1 - p), Math.max(p, 1 - p), n, among);

/** The share of nulls; that of expressions is theirs to decide. */
function nullChecks(type: string, options: Options, p: number, ended: boolean, stats: FieldStats): Check[] {
  if (type === 'derived' || type === 'mapped' || ended) return [];
  const own =
    type === 'null'
      ? 1
      : type === 'constant'
        ? Number(options['value'] === null)
        : type === 'enum'
          ? nullsOfEnum(options)
          : 0;
  // Values of any other type are never null by themselves.
  const share = p + (1 - p) * own;
  return [within('null_share', 'share of nulls', share, stats.nulls / stats.count, shareTolerance(share, stats.count))];
}

function uniqueCheck(stats: FieldStats): Check {
  const values = stats.count - stats.nulls;
  const { exact, value } = stats.distinct;
  const tolerance = exact ? 0 : Math.ceil(4 * DISTINCT_ERROR * values);
  return within('unique', exact ? 'different values' : 'different values, estimated', values, value, tolerance);
}

function kindCheck(kind: 'numbers' | 'dates', stats: FieldStats): Check[] {
  return [exactly('kind', `values that are ${kind}`, stats.count - stats.nulls, stats[kind].moments.count)];
}

function listChecks({ min, max }: { readonly min: number; readonly max: number }, stats: FieldStats): Check[] {
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

function distributionChecks(expected: Expected, { moments, sketch }: Distribution, unique: boolean): Check[] {
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

function sequenceChecks(options: Options, sure: boolean, stats: FieldStats): Check[] {
  const { start, step, prefix, suffix, width } = options as Record<string, unknown>;
  if (!sure || prefix !== '' || suffix !== '' || width !== 0) return [];
  const [first, by] = [start as number, step as number];
  const last = first + (stats.count - 1) * by;
  const { min, max } = stats.numbers.moments;
  return [
    exactly('min', 'least number of the sequence', Math.min(first, last), min),
    exactly('max', 'greatest number of the sequence', Math.max(first, last), max),
  ];
}

function booleanChecks(options: Options, unique: boolean, stats: FieldStats): Check[] {
  const n = stats.kinds.boolean;
  const values = stats.count - stats.nulls;
  const checks = [exactly('kind', 'true or false', values, n)];
  if (n === 0 || unique) return checks;
  const p = options['probability'] as number;
  return [...checks, within('probability', 'share of true', p, stats.trues / n, shareTolerance(p, n) + 2 ** -24)];
}

/** The share of each value of an enum by its JSON, and of null. */
function weightsOfEnum(options: Options): { readonly value: unknown; readonly share: number }[] {
  const { values, weights, distribution, exponent } = options as {
    values: readonly unknown[];
    weights?: readonly number[] | Readonly<Record<string, number>>;
    distribution?: string;
    exponent?: number;
  };
  const all = values.map((value, i) => {
    if (distribution === 'zipf') return (i + 1) ** -(exponent ?? 1);
    if (weights === undefined) return 1;
    if (Array.isArray(weights)) return (weights as readonly number[])[i] ?? 0;
    const map = weights as Readonly<Record<string, number>>;
    return Object.hasOwn(map, String(value)) ? (map[String(value)] ?? 0) : 0;
  });
  const sum = all.reduce((a, b) => a + b, 0);
  return values.map((value, i) => ({ value, share: (all[i] ?? 0) / sum }));
}

const nullsOfEnum = (options: Options): number =>
  weightsOfEnum(options).reduce((sum, { value, share }) => (value === null ? sum + share : sum), 0);

/** Shares among the values that are not null. */
function sharesOfEnum(options: Options): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const rest = 1 - nullsOfEnum(options);
  for (const { value, share } of weightsOfEnum(options)) {
    const json = JSON.stringify(value);
    if (value !== null) shares.set(json, (shares.get(json) ?? 0) + share / rest);
  }
  return shares;
}

/** Whether only the given values come, and each as often as it should. */
function valueChecks(shares: ReadonlyMap<string, number>, unique: boolean, stats: FieldStats): Check[] {
  const { common, kinds } = stats;
  const n = stats.count - stats.nulls;
  // Objects and lists are not counted by value, and long values by their beginning only.
  const comparable = kinds.object === 0 && kinds.list === 0 && [...shares.keys()].every((json) => json.length <= 200);
  if (n === 0 || !comparable || !common.exact) return [];
  const known = [...shares.keys()].reduce((sum, json) => sum + common.countOf(json), 0);
  const checks = [exactly('values', 'values that are not among those listed', 0, n - known)];
  if (unique || shares.size < 2) return checks;
  let worst: { check: Check; by: number } | undefined;
  for (const [json, share] of shares) {
    const got = common.countOf(json) / n;
    const tolerance = shareTolerance(share, n, shares.size) + 2 ** -24;
    const check = within(
      'weights',
      `share of ${json.slice(0, 40)}, the one that is furthest off`,
      share,
      got,
      tolerance,
    );
    const by = Math.abs(got - share) / tolerance;
    if (worst === undefined || by > worst.by) worst = { check, by };
  }
  return worst === undefined ? checks : [...checks, worst.check];
}
