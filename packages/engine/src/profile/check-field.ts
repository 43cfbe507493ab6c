import type { Options } from '../types/field-type.ts';
import { countOf } from '../types/text/running-text.ts';
import { distributionChecks } from './checks/distribution-checks.ts';
import { listChecks } from './checks/list-checks.ts';
import { exactly, within } from './checks/make-check.ts';
import { nullChecks } from './checks/null-checks.ts';
import { referenceChecks } from './checks/reference-checks.ts';
import { shareChecks } from './checks/share-checks.ts';
import { testChecks } from './checks/test-checks.ts';
import { shareTolerance } from './checks/tolerance.ts';
import { DISTINCT_ERROR } from './distinct-counter.ts';
import { type Expected, expectedDates, expectedNumbers } from './expected-distribution.ts';
import type { FieldStats } from './field-stats.ts';
import type { Check } from './profile.ts';
import type { PromisedField } from './promised-fields.ts';

const DAY = 86_400_000;

/**
 * What the template promises of a field, against what the rows hold.
 * @param now what `"now"` meant, in milliseconds since the epoch
 */
export function checkField(promised: PromisedField, stats: FieldStats, rows: number, now: number): Check[] {
  const { field, inEveryRow, shares, measure } = promised;
  const { options, common, nested, type } = field;
  const checks: Check[] = [];
  if (inEveryRow) checks.push(exactly('count', 'values, one in each row', rows, stats.count));
  if (stats.count === 0) return checks;
  checks.push(...nullChecks(promised, stats));
  if (common.unique) checks.push(uniqueCheck(stats));
  checks.push(...structureChecks(promised, stats));
  const distribution = (expected: Expected, of: 'numbers' | 'dates'): Check[] => [
    ...distributionChecks(expected, stats[of], common.unique),
    exactly('kind', `values that are ${of}`, stats.count - stats.nulls, stats[of].moments.count),
  ];
  // Numbers and dates that are written as texts of another form are judged by that form.
  const asText = options['stringify'] === true || typeof options['format'] === 'string';
  switch (asText ? 'text' : type.key) {
    case 'number':
      checks.push(...distribution(expectedNumbers(options, 0), 'numbers'));
      break;
    case 'float':
    case 'currency':
      checks.push(...distribution(expectedNumbers(options, options['decimals'] as number), 'numbers'));
      break;
    case 'date':
    case 'datetime': {
      const unit = type.key === 'date' ? DAY : options['precision'] === 'seconds' ? 1000 : 1;
      checks.push(...distribution(expectedDates(options, unit, now), 'dates'));
      break;
    }
    case 'sequence':
      checks.push(...sequenceChecks(options, inEveryRow && common.nullPercentage === 0, stats));
      break;
    case 'boolean':
      checks.push(...booleanChecks(options, common.unique, stats));
      break;
    case 'reference':
      checks.push(...referenceChecks(promised, stats));
      break;
    default:
      if (measure !== undefined) checks.push(...distribution(measure.expected, measure.of));
  }
  checks.push(...testChecks(stats));
  if (shares !== undefined && !common.unique && nested === undefined) checks.push(...shareChecks(shares, stats));
  return checks;
}

/** What holds other values is an object or a list, of a length. */
function structureChecks({ field, program }: PromisedField, stats: FieldStats): Check[] {
  const { nested, type, options } = field;
  const isList = nested?.array === true || program?.kind === 'list' || type.key === 'array';
  if (nested?.ended === true || (nested === undefined && !isList)) return [];
  const found = isList ? stats.kinds.list : stats.kinds.object;
  const kind = exactly(
    'kind',
    isList ? 'values that are lists' : 'values that are objects',
    stats.count - stats.nulls,
    found,
  );
  return isList ? [kind, ...listChecks(nested?.count ?? countOf(options['count']), stats)] : [kind];
}

function uniqueCheck(stats: FieldStats): Check {
  const values = stats.count - stats.nulls;
  const { exact, value } = stats.distinct;
  const tolerance = exact ? 0 : Math.ceil(4 * DISTINCT_ERROR * values);
  return within('unique', exact ? 'different values' : 'different values, estimated', values, value, tolerance);
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
  const { truthy, falsy } = options;
  const p = (truthy === true) === (falsy === true) ? (options['probability'] as number) : Number(truthy === true);
  return [...checks, within('probability', 'share of true', p, stats.trues / n, shareTolerance(p, n) + 2 ** -24)];
}
